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

    /**
     * The sequence of an aggregate, by its marker.
     *
     * @throws IllegalStateException if the policy does not find it by type and aggregate identifier alone
     */
    Object sequenceOfAggregate(EventMessage<?> marker) {
        Object sequence = invoker.getSequencingPolicy().getSequenceIdentifierFor(marker);
        if (sequence == null) {
            throw unsuitablePolicy("gives no sequence for an aggregate of which it knows type and identifier only");
        }
        return sequence;
    }

    IllegalStateException unsuitablePolicy(String what) {
        return new IllegalStateException(
                "The sequencing policy of the processing group %s %s, and so its aggregates cannot be replayed; let it answer with the aggregate identifier, for whatever payload, or let the group take no part in replays"
                        .formatted(name, what));
    }

    /** Whether the aggregate of a marker belongs to the segment. */
    boolean hasAggregateIn(Segment segment, EventMessage<?> marker) {
        return segment.matches(Objects.hashCode(sequenceOfAggregate(marker)));
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
