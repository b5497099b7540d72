package dev.coherence.axon.projection;

import dev.coherence.axon.token.LanesToken;
import org.axonframework.eventhandling.Segment;

/** Is told what becomes of the orders to replay aggregates. Must not throw; called by several threads. */
public interface MarkerWatch {

    /**
     * A segment was asked whether it handles a marker, which it is about to handle or to pass.
     *
     * @param marker the token that the marker has by then, the source's or the segment's
     */
    void offered(LanesToken marker, Segment segment);

    /**
     * A segment that was offered a marker is about to handle it, as the aggregate is its own in some group.
     *
     * @param marker the token that the marker has by then, the source's or the segment's
     */
    void taken(LanesToken marker, Segment segment);

    /**
     * A segment has replayed an aggregate, in the present unit of work.
     *
     * @param marker the token of the segment after the replay
     * @param events how many events were handed to handlers
     */
    void replayed(LanesToken marker, Segment segment, int events);
}
