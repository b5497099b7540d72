package dev.coherence.axon.projection;

import dev.coherence.axon.index.NumberedEvent;
import dev.coherence.axon.replay.ReplayCause;
import dev.coherence.axon.stream.AggregateReplay;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replay of one aggregate in a segment, which tells if it fails what it was about: Axon logs the exception only, and knows of
 * neither aggregates nor causes. Nothing of what events hold is told. For one thread.
 */
final class ReplayAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayAttempt.class);

    private static final int MOST_CAUSES = 10;

    private final AggregateReplay order;
    private final Segment segment;
    private final List<HandlingGroup> groups;
    private @Nullable NumberedEvent event;

    /**
     * @param groups those of the processor
     */
    ReplayAttempt(AggregateReplay order, Segment segment, List<HandlingGroup> groups) {
        this.order = order;
        this.segment = segment;
        this.groups = groups;
    }

    AggregateReplay order() {
        return order;
    }

    Segment segment() {
        return segment;
    }

    /** What fails from now on has to do with the event. */
    void comesTo(NumberedEvent next) {
        event = next;
    }

    /**
     * Logs the failure. The exception stays as it is: error handlers and dead-letter policies decide by its class and its causes,
     * and what is suppressed in it would be added with each attempt to one that is thrown again.
     */
    void failed(Throwable failure) {
        LOG.warn(
                "The replay of {} to {} failed {}, in segment {}, with {}. It was to be replayed because of {}",
                order.aggregate().aggregate(),
                concerned().toList(),
                event == null
                        ? "before its first event"
                        : "at the event with sequence number %d"
                                .formatted(event.message().getSequenceNumber()),
                segment.getSegmentId(),
                failure.getClass().getName(),
                causes());
    }

    private Stream<String> concerned() {
        return groups.stream()
                .filter(HandlingGroup::replays)
                .map(HandlingGroup::name)
                .filter(group -> !order.causesFor(group).isEmpty());
    }

    private String causes() {
        List<ReplayCause> causes = concerned()
                .flatMap(group -> order.causesFor(group).stream())
                .distinct()
                .sorted(Comparator.comparingLong(ReplayCause::sequenceNumber))
                .toList();
        String first =
                causes.stream().limit(MOST_CAUSES).map(ReplayAttempt::named).collect(Collectors.joining(", "));
        return causes.size() > MOST_CAUSES ? "%s, and %d more".formatted(first, causes.size() - MOST_CAUSES) : first;
    }

    private static String named(ReplayCause cause) {
        return cause instanceof ReplayCause.Fired fired
                ? "the effect %d (%s of %s)"
                        .formatted(
                                cause.sequenceNumber(),
                                cause.reason(),
                                fired.effect().effect().trigger())
                : "the request %d (%s)".formatted(cause.sequenceNumber(), cause.reason());
    }
}
