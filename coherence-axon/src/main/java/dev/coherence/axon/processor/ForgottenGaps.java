package dev.coherence.axon.processor;

import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.token.SeenPositions;
import java.util.Set;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * Lets a segment come to rest that has changed nodes in the middle of a window. Axon's event store gives up a gap after a while,
 * on each node by itself. If the node before had, and this one has not, then the segment counts the position as seen, and its
 * effects up to there are never all done, until this node gives up the gap as well: that may be 10,000 events later.
 *
 * <p>If the index knows of no effect in such gaps, they are taken for done. One that comes still later is lost, as it is for
 * live events of the segment. Thread-safe.
 */
final class ForgottenGaps {

    private final ReplayIndex index;
    private final Set<String> groups;

    /**
     * @param groups the processing groups of the processor that take part in replays
     */
    ForgottenGaps(ReplayIndex index, Set<String> groups) {
        this.index = index;
        this.groups = Set.copyOf(groups);
    }

    /** The token to be stored for the given one. */
    @Nullable
    TrackingToken passed(@Nullable TrackingToken token) {
        return token instanceof LanesToken lanes && lanes.lacksOnlyGaps() && !index.affectsAny(lacking(lanes), groups)
                ? lanes.caughtUp()
                : token;
    }

    private static Span lacking(LanesToken token) {
        return new Span(
                SeenPositions.of(token.lane().done()),
                SeenPositions.of(token.lowerBound().live()));
    }
}
