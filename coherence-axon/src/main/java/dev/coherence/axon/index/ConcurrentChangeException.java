package dev.coherence.axon.index;

import org.axonframework.common.AxonTransientException;

/**
 * A concurrent transaction stood in the way: a deadlock, a serialization failure, a lock that was not had in time, or two
 * that created the same thing. Nothing was stored; the same call may succeed when tried again.
 */
public class ConcurrentChangeException extends AxonTransientException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with what was tried and why the store gave up. */
    public ConcurrentChangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
