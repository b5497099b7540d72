package dev.coherence.log;

/**
 * A transaction cannot go on because a concurrent one is in its way: a deadlock that the store resolved at its expense,
 * a lock that was not to be had in time, a failed serialization. Nothing of the transaction is stored. It may succeed
 * when it is begun again.
 */
public final class ConcurrentAppendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what was in the way, and the exception in which the store said so. */
    public ConcurrentAppendException(String message, Throwable cause) {
        super(message, cause);
    }
}
