package dev.coherence.axon.index;

import static java.util.Objects.requireNonNull;

import org.axonframework.eventhandling.DomainEventMessage;

/**
 * A stored event of an aggregate, upcast and lazily deserialized.
 *
 * @param number its position in the global order; several events that one row was upcast into share it
 */
public record NumberedEvent(long number, DomainEventMessage<?> message) {

    /** Refuses null. */
    public NumberedEvent {
        requireNonNull(message, "message");
    }
}
