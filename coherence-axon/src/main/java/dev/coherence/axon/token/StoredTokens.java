package dev.coherence.axon.token;

import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * Between the tokens of a processor and those of its token store: {@link #lift} what was read, {@link #store} what is to be
 * written.
 *
 * <p><b>Rule A, ours is outermost.</b> Axon builds its own tokens around those of a processor, for a reset and for a merge.
 * With ours inside, a {@link ReplayToken} would advance the token at the reset, and jump to it as soon as a gap fills; and
 * raw tokens throw when they are compared to ours. So both methods turn such a token inside out. What Axon would have
 * built without us is the live lane, and the replay lane claims what is still true.
 *
 * <p>A segment that is {@linkplain LanesToken#isIdle() idle} is stored as the plain token that Axon would have stored. So a
 * store that was filled without coherence can be read, and a store at rest can be read without coherence.
 *
 * <table>
 * <caption>The token that a stored one stands for</caption>
 * <tr><th>stored</th><th>live lane</th><th>replay lane</th></tr>
 * <tr><td>a plain token</td><td>the token</td><td>idle: done is its lower bound</td></tr>
 * <tr><td>a reset of ours</td><td>ours, reset</td><td>what ours and the new start both claim</td></tr>
 * <tr><td>a merge of ours</td><td>both, merged</td><td>what both claim</td></tr>
 * </table>
 */
public final class StoredTokens {

    private StoredTokens() {}

    /**
     * The token of a processor for a stored one.
     *
     * @param stored what the token store holds, or what Axon is about to store
     * @return the token with its two lanes; null if nothing has been seen, as Axon's own methods cannot deal with a wrapped
     *     nothing
     */
    public static @Nullable LanesToken lift(@Nullable TrackingToken stored) {
        if (stored instanceof LanesToken lanes) {
            return lanes.live() == null ? null : lanes.settled();
        }
        if (stored instanceof ReplayToken replay && holdsLanes(stored)) {
            LanesToken atReset = lift(replay.getTokenAtReset());
            LanesToken start = lift(replay.getCurrentToken());
            return lanes(LiveLane.reset(live(atReset), live(start), replay.context()), atReset, start);
        }
        if (stored instanceof MergedTrackingToken merge && holdsLanes(stored)) {
            LanesToken lower = lift(merge.lowerSegmentToken());
            LanesToken upper = lift(merge.upperSegmentToken());
            return lanes(MergedTrackingToken.merged(live(lower), live(upper)), lower, upper);
        }
        return LiveLane.furthest(stored) == null ? null : LanesToken.of(stored, Lane.idleAt(LiveLane.lowest(stored)));
    }

    private static @Nullable LanesToken lanes(
            @Nullable TrackingToken live, @Nullable LanesToken one, @Nullable LanesToken other) {
        return live == null ? null : LanesToken.of(live, lane(one).lower(lane(other)));
    }

    /**
     * What is written to the token store for a token.
     *
     * @param token one of ours, a plain one, or one that Axon built around ours
     * @return a plain token if it says all that ours says, else ours; null if nothing has been seen
     */
    public static @Nullable TrackingToken store(@Nullable TrackingToken token) {
        LanesToken lanes = lift(token);
        return lanes == null || lanes.isIdle() ? live(lanes) : lanes;
    }

    /**
     * What is stored for the two halves of a segment that is split, each with the lane of replays of the whole.
     *
     * @param stored what the token store holds for the segment
     */
    public static Split split(@Nullable TrackingToken stored) {
        LanesToken whole = lift(stored);
        LiveLane.Halves halves = LiveLane.halves(live(whole));
        return halves == null
                ? new Split(store(whole), store(whole))
                : new Split(
                        store(LanesToken.of(halves.lower(), lane(whole))),
                        store(LanesToken.of(halves.upper(), lane(whole))));
    }

    /**
     * What is stored for a segment that is merged from two.
     *
     * @param lower what the token store holds for the half with the lower number
     * @param upper what it holds for the other
     */
    static @Nullable TrackingToken merge(@Nullable TrackingToken lower, @Nullable TrackingToken upper) {
        return store(new MergedTrackingToken(lift(lower), lift(upper)));
    }

    /**
     * What is stored for the two halves of a segment; null for a half that has seen nothing.
     *
     * @param lower the token of the half that keeps the number of the segment
     * @param upper the token of the half that gets a new number
     */
    public record Split(
            @Nullable TrackingToken lower, @Nullable TrackingToken upper) {}

    /** Whether the token is ours, or one that Axon built around ours. */
    static boolean holdsLanes(@Nullable TrackingToken token) {
        if (token instanceof ReplayToken replay) {
            return holdsLanes(replay.getTokenAtReset()) || holdsLanes(replay.getCurrentToken());
        }
        if (token instanceof MergedTrackingToken merge) {
            return holdsLanes(merge.lowerSegmentToken()) || holdsLanes(merge.upperSegmentToken());
        }
        return token instanceof LanesToken;
    }

    static @Nullable TrackingToken live(@Nullable LanesToken token) {
        return token == null ? null : token.live();
    }

    private static Lane lane(@Nullable LanesToken token) {
        return token == null ? Lane.NOTHING : token.lane();
    }
}
