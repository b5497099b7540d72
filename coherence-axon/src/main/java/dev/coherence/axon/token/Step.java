package dev.coherence.axon.token;

import java.util.function.Predicate;
import org.axonframework.eventhandling.Segment;

/**
 * What led to the token of a segment, so that it can be told whether the message was a repetition (rule B, at
 * {@link LanesToken#advancedTo}).
 *
 * @param before the token of the segment before the message
 * @param message the token that the source gave to the message
 */
record Step(LanesToken before, LanesToken message) {

    /** Whether the part that handles an event had seen it, or the segment had claimed all that the marker's lane claims. */
    boolean isRepetition(Segment segment, Predicate<Segment> handles) {
        return message.isMarker()
                ? before.lane().covers(message.lane())
                : LiveLane.covers(LiveLane.leaf(before.live(), segment, handles), message.live());
    }
}
