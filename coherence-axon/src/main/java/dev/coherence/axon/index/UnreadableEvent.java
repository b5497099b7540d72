package dev.coherence.axon.index;

import static java.util.Objects.requireNonNull;

/**
 * A stored event whose links cannot be told, for instance because its class is gone. As a change to its own aggregate it touches
 * everything; but effects on what it linked the aggregate to are overlooked.
 *
 * @param number its position in the global order
 * @param payloadType the class of its payload, as stored
 * @param reason why it cannot be read
 */
public record UnreadableEvent(long number, String payloadType, String reason) {

    /** Refuses null. */
    public UnreadableEvent {
        requireNonNull(payloadType, "payloadType");
        requireNonNull(reason, "reason");
    }
}
