package dev.coherence.axon.processor;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.revision.Revision;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is visible now, as a token of the event store. Axon's own head token has no gaps, and so claims events that
 * are still to be committed.
 */
record HeadToken(EventIndex index, StreamableMessageSource<?> source) implements Supplier<@Nullable TrackingToken> {

    @Override
    public @Nullable TrackingToken get() {
        TrackingToken form = source.createHeadToken();
        if (form == null) {
            return null;
        }
        Revision head = index.head();
        long position = head.position().orElse(0);
        return form instanceof GapAwareTrackingToken
                ? GapAwareTrackingToken.newInstance(position, gaps(head))
                : new GlobalSequenceTrackingToken(position);
    }

    private static Set<Long> gaps(Revision head) {
        return head.unseen().stream()
                .flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last()))
                .boxed()
                .collect(Collectors.toSet());
    }
}
