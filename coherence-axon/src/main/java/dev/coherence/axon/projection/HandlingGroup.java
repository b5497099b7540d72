package dev.coherence.axon.projection;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;

/**
 * A processing group of a processor.
 *
 * @param name its name
 * @param invoker calls its event handlers
 * @param replays whether it takes part in replays
 * @param deadLetters where its failed events are parked, if they are
 */
public record HandlingGroup(
        String name,
        SimpleEventHandlerInvoker invoker,
        boolean replays,
        Optional<SequencedDeadLetterQueue<EventMessage<?>>> deadLetters) {

    /** Refuses null. */
    public HandlingGroup {
        requireNonNull(name, "name");
        requireNonNull(invoker, "invoker");
        requireNonNull(deadLetters, "deadLetters");
    }

    /** Whether events in the sequence of this one belong to the segment. */
    boolean isIn(Segment segment, EventMessage<?> event) {
        return segment.matches(Objects.hashCode(sequence(event)));
    }

    Object sequence(EventMessage<?> event) {
        Object sequence = invoker.getSequencingPolicy().getSequenceIdentifierFor(event);
        return sequence == null ? event.getIdentifier() : sequence;
    }

    /** Whether a handler wants the event, which carries a token of Axon's. */
    boolean wants(TrackedEventMessage<?> event, Segment segment) {
        return (invoker.supportsReset() || !ReplayToken.isReplay(event)) && invoker.canHandle(event, segment);
    }
}
