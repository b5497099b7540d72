package dev.coherence.axon.token;

import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * Raw tokens as the event store gives them out, read as sets of positions: what has been seen. Null has seen nothing; it is
 * below every token, also below one that stands before the first event. Axon's own methods refuse it, or not, as it comes.
 */
public final class Positions {

    private Positions() {}

    /** Whether {@code token} has seen everything that {@code other} has seen. */
    public static boolean covers(@Nullable TrackingToken token, @Nullable TrackingToken other) {
        return other == null || (token != null && token.covers(other));
    }

    /** What both have seen. */
    static @Nullable TrackingToken lower(@Nullable TrackingToken one, @Nullable TrackingToken other) {
        return one == null || other == null ? null : one.lowerBound(other);
    }

    /** What either has seen; one of the two as it is, if that has seen all. */
    public static @Nullable TrackingToken upper(@Nullable TrackingToken one, @Nullable TrackingToken other) {
        if (one == null || covers(other, one)) {
            return other;
        }
        return other == null || one.covers(other) ? one : one.upperBound(other);
    }
}
