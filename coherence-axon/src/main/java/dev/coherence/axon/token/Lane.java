package dev.coherence.axon.token;

import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/**
 * Which replays a segment has done: the second lane of a {@link LanesToken}, beside the lane of live events.
 *
 * <p>A lane is a <em>set of claims</em>, each of the form "aggregate a was replayed for effect e":
 *
 * <ul>
 *   <li>effects that {@code done} has seen are claimed for all aggregates,
 *   <li>effects that only {@code window} has seen are claimed for the aggregates up to {@code cursor},
 *   <li>no other effect is claimed for any aggregate.
 * </ul>
 *
 * <p>Every operation is one on such sets, and never invents a claim: a claim too few costs a redundant replay, a claim too
 * many loses one. In particular a lane is <em>not</em> an ordered triple. Where two segments have different windows, a
 * cursor says nothing about the other one's window, and comparing windows first, then cursors, would lose replays (rule D).
 *
 * <p>Lanes with the same claims are equal, because the constructor makes them canonical: a window has seen all that done
 * has seen; and there is none if the cursor is 0, or if done has seen all of it.
 *
 * <p>The tokens inside are raw ones, as the event store gives them out: neither a replay, nor merged, nor ours. A lane is
 * immutable, and safe to be used by several threads.
 *
 * @param done effects that it has seen (inclusive) are replayed, for all aggregates; null if none are
 * @param window effects that it has seen (inclusive) are being replayed; null if nothing has been replayed beyond done
 * @param cursor number of the last aggregate (inclusive) that was replayed for the window, aggregates being replayed in the
 *     order of their numbers, which are positive; 0 without a window
 */
public record Lane(@Nullable TrackingToken done, @Nullable TrackingToken window, long cursor) {

    /** Nothing has been replayed, for any effect. */
    public static final Lane NOTHING = new Lane(null, null, 0);

    /** Makes the lane canonical; refuses a negative cursor, and tokens that wrap others. */
    public Lane {
        if (cursor < 0) {
            throw new IllegalArgumentException(
                    "The cursor is the number of an aggregate, or 0, and not " + cursor + ".");
        }
        requireRaw(done);
        requireRaw(window);
        if (cursor == 0 || Positions.covers(done, window)) {
            window = null;
            cursor = 0;
        } else if (!Positions.covers(window, done)) {
            window = Positions.upper(window, done);
        }
    }

    private static void requireRaw(@Nullable TrackingToken token) {
        if (token instanceof WrappedToken) {
            throw new IllegalArgumentException("A lane holds raw tokens, and not " + token + ".");
        }
    }

    /** The lane of a segment that has no replay to do for any effect that {@code done} has seen (inclusive). */
    public static Lane idleAt(@Nullable TrackingToken done) {
        return new Lane(done, null, 0);
    }

    /**
     * Whether an aggregate was replayed for an effect.
     *
     * @param effect global position of the effect
     * @param aggregate number of the aggregate
     */
    public boolean claims(long effect, long aggregate) {
        return SeenPositions.contains(done, effect) || (aggregate <= cursor && SeenPositions.contains(window, effect));
    }

    /** The effects that an aggregate was replayed for: those that the token has seen (inclusive); null if there are none. */
    @Nullable
    TrackingToken doneFor(long aggregate) {
        return aggregate <= cursor ? window : done;
    }

    /** Whether each claim of the other lane is one of this lane. */
    public boolean covers(Lane other) {
        return Positions.covers(done, other.reach()) || coversWithinWindow(other);
    }

    private boolean coversWithinWindow(Lane other) {
        return cursor >= other.cursor
                && Positions.covers(done, other.done)
                && window != null
                && Positions.covers(window, other.reach());
    }

    /**
     * Claims that both lanes make. One of the two, unchanged, if the other covers it; otherwise they may be fewer than all
     * common ones, because a lane has one window only.
     */
    public Lane lower(Lane other) {
        if (covers(other)) {
            return other;
        }
        if (other.covers(this)) {
            return this;
        }
        TrackingToken common = Positions.lower(reach(), other.reach());
        return new Lane(Positions.lower(done, other.done), common, Math.min(cursorIn(common), other.cursorIn(common)));
    }

    /** The last aggregate that was replayed for all effects of the given window. */
    private long cursorIn(@Nullable TrackingToken common) {
        return Positions.covers(done, common) ? Long.MAX_VALUE : cursor;
    }

    /**
     * This lane after a message whose lane is {@code other}: the one that covers the other, if one does.
     *
     * <p>Both are true claims then. If neither covers the other, the segment has a window of its own, for example from
     * before a merge, or it has forgotten other gaps than the stream, which has started where all segments had been. What is done
     * for either is done; of the windows it takes over the other one if that loses no claim, else it keeps its own until the
     * stream has done so many effects that its lane covers this one.
     */
    public Lane join(Lane other) {
        if (other.covers(this)) {
            return other;
        }
        if (covers(other)) {
            return this;
        }
        TrackingToken both = Positions.upper(done, other.done);
        Lane own = new Lane(both, window, cursor);
        Lane others = new Lane(both, other.window, other.cursor);
        return others.covers(own) ? others : own;
    }

    /** The effects that are claimed for some aggregate at least. */
    private @Nullable TrackingToken reach() {
        return window == null ? done : window;
    }
}
