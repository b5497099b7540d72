package dev.coherence.axon.token;

import dev.coherence.revision.Revision;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * What is stored for a segment that is about to start, or to start over, before all events: its lane claims all effects that
 * are visible now. Nothing was handled before them, so there is nothing to replay for them when the segment passes them.
 *
 * <p>A partial reset gets no such claim: what lies before its start was handled before the effects after it.
 *
 * @param head the positions that are visible now, with the gaps below; null if there are none
 * @param tail a token before the first event of the source; null if there is no event
 */
record Beginning(Supplier<? extends @Nullable TrackingToken> head, Supplier<? extends @Nullable TrackingToken> tail) {

    /**
     * The token to be stored.
     *
     * @param token the start of a segment, as Axon builds it: plain, a reset, or a merge; null starts before all events. A
     *     {@link LanesToken} is progress, and keeps the claims that it has; so a segment that stands where the first events
     *     were, until they were deleted, is not taken for one that has handled nothing.
     */
    @Nullable
    TrackingToken stored(@Nullable TrackingToken token) {
        LanesToken start = token instanceof LanesToken ? null : StoredTokens.lift(token == null ? beforeAll() : token);
        if (start == null || !LiveLane.allParts(start.live(), this::isBeforeAllEvents)) {
            return StoredTokens.store(token);
        }
        TrackingToken visible = head.get();
        return hasSeenNothing(visible)
                ? StoredTokens.store(token)
                : StoredTokens.store(LanesToken.of(start.live(), Lane.idleAt(visible)));
    }

    /**
     * What stands for null where something has to be claimed, as nothing cannot hold a claim. It is not the tail: while the
     * first events of a store are written, one may become visible before the first that is visible now.
     */
    private @Nullable TrackingToken beforeAll() {
        TrackingToken first = tail.get();
        if (first instanceof GapAwareTrackingToken gapAware) {
            return GapAwareTrackingToken.newInstance(Math.min(0, gapAware.getIndex()), List.of());
        }
        return first instanceof GlobalSequenceTrackingToken sequence
                ? new GlobalSequenceTrackingToken(Math.min(0, sequence.getGlobalIndex()))
                : null;
    }

    /** Old events may have been deleted, so that the first one left has any position: only the source knows. */
    private boolean isBeforeAllEvents(@Nullable TrackingToken raw) {
        return raw == null || hasSeenNothing(raw) || Positions.covers(tail.get(), raw);
    }

    private static boolean hasSeenNothing(@Nullable TrackingToken raw) {
        return SeenPositions.of(raw).equals(Revision.at(0));
    }
}
