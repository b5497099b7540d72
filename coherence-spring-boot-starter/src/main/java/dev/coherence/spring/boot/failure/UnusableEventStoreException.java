package dev.coherence.spring.boot.failure;

/** There is no event store, or none that coherence can work with. */
public final class UnusableEventStoreException extends CoherenceStartException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link CoherenceStartException}. */
    public UnusableEventStoreException(String problem, String action) {
        super(problem, action);
    }
}
