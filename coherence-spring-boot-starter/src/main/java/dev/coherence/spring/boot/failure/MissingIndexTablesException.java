package dev.coherence.spring.boot.failure;

/** The tables of the link index are not in the database. */
public final class MissingIndexTablesException extends CoherenceStartException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception; see {@link CoherenceStartException}. */
    public MissingIndexTablesException(String problem, String action) {
        super(problem, action);
    }
}
