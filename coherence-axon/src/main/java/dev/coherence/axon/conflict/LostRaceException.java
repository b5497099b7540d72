package dev.coherence.axon.conflict;

import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Somebody else changed the same aggregate, or fired a trigger that it is linked to, at the same moment and won. Nothing was
 * stored. Transient: the same command may be sent again at once, as Axon's retry scheduler does; it then meets the change
 * as one that its sender has not seen.
 */
public final class LostRaceException extends ConcurrencyException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception for what was noticed before the append. */
    public LostRaceException(String message) {
        super(message);
    }

    /** Creates the exception for what the database said. */
    public LostRaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
