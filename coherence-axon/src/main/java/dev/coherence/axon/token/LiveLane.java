package dev.coherence.axon.token;

import java.util.function.Predicate;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/**
 * What plain Axon would store for a segment: a raw token, a {@link ReplayToken} while it handles events again after a reset,
 * or a {@link MergedTrackingToken} while the two halves of a merged segment stand at different positions. Null has seen
 * nothing.
 *
 * <p>Such a token is read as a tree. Its inner nodes are merges, and each <em>leaf</em>, raw or a replay, says what the part
 * of the segment below it has seen: of a replay, what was seen since the reset. All comparisons go leaf by leaf.
 */
final class LiveLane {

    private LiveLane() {}

    /** What the two halves of a merged segment have seen. */
    record Halves(@Nullable TrackingToken lower, @Nullable TrackingToken upper) {

        /** The same token for both, as of a segment that was not merged. */
        static Halves same(@Nullable TrackingToken token) {
            return new Halves(token, token);
        }

        @Nullable
        TrackingToken merged() {
            return MergedTrackingToken.merged(lower, upper);
        }
    }

    /**
     * The halves of a merged segment; null if the token is a leaf.
     *
     * <p>Axon may store a replay <em>around</em> a merge: that of a segment that was reset before its halves had met. As it
     * stands, the upper half would jump to its position at the reset as soon as the lower half is past its own. Here each
     * half is in a replay of its own.
     */
    static @Nullable Halves halves(@Nullable TrackingToken token) {
        if (token instanceof MergedTrackingToken merge) {
            return new Halves(merge.lowerSegmentToken(), merge.upperSegmentToken());
        }
        if (token instanceof ReplayToken replay) {
            Halves reset = halves(replay.getTokenAtReset());
            Halves current = halves(replay.getCurrentToken());
            if (reset != null || current != null) {
                reset = reset == null ? Halves.same(replay.getTokenAtReset()) : reset;
                current = current == null ? Halves.same(replay.getCurrentToken()) : current;
                return new Halves(
                        ReplayToken.createReplayToken(reset.lower, current.lower, replay.context()),
                        ReplayToken.createReplayToken(reset.upper, current.upper, replay.context()));
            }
        }
        return null;
    }

    /** The leaf for the part of the segment that handles a message. */
    static @Nullable TrackingToken leaf(@Nullable TrackingToken token, Segment segment, Predicate<Segment> handles) {
        Halves halves = halves(token);
        if (halves == null) {
            return token;
        }
        Segment[] parts = segment.split();
        return handles.test(parts[0]) ? leaf(halves.lower, parts[0], handles) : leaf(halves.upper, parts[1], handles);
    }

    /** Whether each part of the segment has seen what {@code other} has seen in that part. */
    static boolean covers(@Nullable TrackingToken token, @Nullable TrackingToken other) {
        Halves ours = halves(token);
        Halves theirs = halves(other);
        if (ours == null && theirs == null) {
            return Positions.covers(current(token), current(other));
        }
        ours = ours == null ? Halves.same(token) : ours;
        theirs = theirs == null ? Halves.same(other) : theirs;
        return covers(ours.lower, theirs.lower) && covers(ours.upper, theirs.upper);
    }

    /** Whether the two stand at the same position, leaf by leaf, whatever gaps they have. */
    static boolean samePosition(@Nullable TrackingToken token, @Nullable TrackingToken other) {
        Halves ours = halves(token);
        Halves theirs = halves(other);
        if (ours == null && theirs == null) {
            TrackingToken here = current(token);
            TrackingToken there = current(other);
            return (here == null || there == null) ? here == there : here.samePositionAs(there);
        }
        ours = ours == null ? Halves.same(token) : ours;
        theirs = theirs == null ? Halves.same(other) : theirs;
        return samePosition(ours.lower, theirs.lower) && samePosition(ours.upper, theirs.upper);
    }

    /** What the whole segment has seen, since its reset: a raw token. */
    static @Nullable TrackingToken lowest(@Nullable TrackingToken token) {
        return WrappedToken.unwrapLowerBound(token);
    }

    /** What some part of the segment has seen, before its reset or since: a raw token. */
    static @Nullable TrackingToken furthest(@Nullable TrackingToken token) {
        if (token instanceof MergedTrackingToken merge) {
            return Positions.upper(furthest(merge.lowerSegmentToken()), furthest(merge.upperSegmentToken()));
        }
        if (token instanceof ReplayToken replay) {
            return Positions.upper(furthest(replay.getTokenAtReset()), furthest(replay.getCurrentToken()));
        }
        return token;
    }

    /**
     * The token after an event that the source delivered with the raw token {@code source}. It has seen what either has
     * seen: a source may lag behind a segment, and a token never falls back.
     */
    static TrackingToken advanced(@Nullable TrackingToken token, TrackingToken source) {
        if (token == null) {
            return source;
        }
        if (covers(token, source)) {
            return token;
        }
        Halves halves = halves(token);
        if (halves != null) {
            return MergedTrackingToken.merged(advanced(halves.lower, source), advanced(halves.upper, source));
        }
        TrackingToken current = current(token);
        TrackingToken seen = current == null || source.covers(current) ? source : current.upperBound(source);
        return token instanceof ReplayToken replay ? replay.advancedTo(seen) : seen;
    }

    /** The token after a reset to {@code start}; each half of a merged segment is reset by itself. */
    static @Nullable TrackingToken reset(
            @Nullable TrackingToken token, @Nullable TrackingToken start, @Nullable Object context) {
        Halves halves = halves(token);
        if (halves == null) {
            return ReplayToken.createReplayToken(token, start, context);
        }
        Halves starts = halves(start);
        starts = starts == null ? Halves.same(start) : starts;
        return new Halves(reset(halves.lower, starts.lower, context), reset(halves.upper, starts.upper, context))
                .merged();
    }

    /** Whether what each part of the segment has seen, since its reset, is as given. */
    static boolean allParts(@Nullable TrackingToken token, Predicate<@Nullable TrackingToken> condition) {
        Halves halves = halves(token);
        return halves == null
                ? condition.test(current(token))
                : allParts(halves.lower, condition) && allParts(halves.upper, condition);
    }

    /** What a leaf has seen: a raw token. */
    private static @Nullable TrackingToken current(@Nullable TrackingToken leaf) {
        return leaf instanceof ReplayToken replay ? current(replay.getCurrentToken()) : leaf;
    }
}
