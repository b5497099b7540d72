package dev.coherence.axon.token;

import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * What the invoker has to know about the part of a segment that handles a message: the whole segment, or one side of a merge
 * whose halves have not met yet.
 *
 * <p><b>Rule C, halves belong to our invoker.</b> The tracking processor would give a message to those halves that it has
 * advanced; a marker advances neither, and would go to nobody. The pooled processor does not look at halves at all. So
 * {@link LanesToken#unwrap} hides them from both, and the invoker asks for the part by its sequencing policy. What this part
 * has seen decides whether it handles a message, and is how far an aggregate is replayed to it.
 *
 * <p><b>Rule E, handlers get Axon's tokens, not ours.</b> A live event carries {@link #live()}, a replayed one
 * {@link #ofReplayed()}.
 *
 * @param live the live lane of this part, the message included: a raw token, or Axon's replay token while the part is in a
 *     reset; null if no event has been seen
 * @param lane the lane of replays, the message included; it is that of the segment
 * @param seen whether this part had already handled the message, before it was offered now; then it is to be skipped (rule
 *     B, at {@link LanesToken#advancedTo})
 */
public record SegmentPart(@Nullable TrackingToken live, Lane lane, boolean seen) {

    /**
     * Axon's token for an event that is replayed to this part. It stands at the position that limits the replay, and is at
     * its reset there; so {@code ReplayStatus} is a replay, and a {@code TrackingToken} as a parameter is this position.
     *
     * @return a replay token without a context; null if this part has seen nothing, and so nothing is replayed to it
     */
    public @Nullable TrackingToken ofReplayed() {
        TrackingToken limit = LiveLane.lowest(live);
        return ReplayToken.createReplayToken(limit, limit);
    }

    /** Whether this part has handled the event at a global position, the message included; in a reset, since then. */
    public boolean hasSeen(long position) {
        return SeenPositions.contains(LiveLane.lowest(live), position);
    }
}
