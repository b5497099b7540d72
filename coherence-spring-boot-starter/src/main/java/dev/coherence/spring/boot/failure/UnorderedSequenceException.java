package dev.coherence.spring.boot.failure;

/** Positions in the global order of events would be given out of order, or in steps, by the sequence that is in use. */
public final class UnorderedSequenceException extends CoherenceStartException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link CoherenceStartException}. */
    public UnorderedSequenceException(String problem, String action) {
        super(problem, action);
    }
}
