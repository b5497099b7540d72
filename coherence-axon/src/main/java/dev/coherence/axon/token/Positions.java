package dev.coherence.axon.token;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * Raw tokens as the event store gives them out, read as sets of positions: what has been seen. Null has seen nothing; it is
 * below every token, also below one that stands before the first event. Axon's own methods refuse it, or not, as it comes.
 */
final class Positions {

    private Positions() {}

    /** Whether {@code token} has seen everything that {@code other} has seen. */
    static boolean covers(@Nullable TrackingToken token, @Nullable TrackingToken other) {
        return other == null || (token != null && token.covers(other));
    }

    /** What both have seen. */
    static @Nullable TrackingToken lower(@Nullable TrackingToken one, @Nullable TrackingToken other) {
        return one == null || other == null ? null : one.lowerBound(other);
    }

    /** What either has seen. */
    static @Nullable TrackingToken upper(@Nullable TrackingToken one, @Nullable TrackingToken other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.upperBound(other);
    }

    /**
     * Whether {@code token} has seen the event at {@code position}. Not the same as covering a token that was made from the
     * position alone: such a token has no gaps, and a token with gaps before the position does not cover it.
     */
    static boolean contain(@Nullable TrackingToken token, long position) {
        if (token == null) {
            return false;
        }
        if (token instanceof GapAwareTrackingToken gapAware) {
            return position <= gapAware.getIndex() && !gapAware.getGaps().contains(position);
        }
        if (token instanceof GlobalSequenceTrackingToken sequence) {
            return position <= sequence.getGlobalIndex();
        }
        throw new IllegalArgumentException(
                ("A replay needs to know which global positions a token has seen, and a %s does not"
                                + " tell. Use an event store whose tokens are gap aware, or sequence numbers.")
                        .formatted(token.getClass().getName()));
    }
}
