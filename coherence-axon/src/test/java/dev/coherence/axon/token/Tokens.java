package dev.coherence.axon.token;

import static dev.coherence.axon.token.Universe.gaps;

import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;

/** Short names for the tokens of examples. */
final class Tokens {

    /** Effects up to 3 are done, and those up to 7 for the aggregates up to 40. */
    static final Lane OPEN = lane(3, 7, 40);

    private Tokens() {}

    static Lane lane(long done, long window, long cursor) {
        return new Lane(gaps(done), gaps(window), cursor);
    }

    static LanesToken token(TrackingToken live, Lane lane) {
        return LanesToken.of(live, lane);
    }

    static LanesToken idleEvent(TrackingToken live) {
        return LanesToken.event(live, Lane.idleAt(live));
    }

    static MergedTrackingToken merge(TrackingToken lower, TrackingToken upper) {
        return new MergedTrackingToken(lower, upper);
    }

    static SegmentPart whole(LanesToken token) {
        return token.in(Segment.ROOT_SEGMENT, part -> true);
    }

    static SegmentPart lower(LanesToken token) {
        return token.in(Segment.ROOT_SEGMENT, part -> part.getSegmentId() == 0);
    }

    static SegmentPart upper(LanesToken token) {
        return token.in(Segment.ROOT_SEGMENT, part -> part.getSegmentId() == 1);
    }
}
