package dev.coherence.spring.boot.failure;

/**
 * The application cannot start soundly as it is configured. Says what is wrong and what to do about it; Spring Boot prints
 * both in place of a stack trace.
 */
public abstract class CoherenceStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String action;

    /**
     * Creates the exception.
     *
     * @param problem what is wrong, in full sentences
     * @param action what to do, in full sentences
     */
    protected CoherenceStartException(String problem, String action) {
        super(problem + " " + action);
        this.problem = problem;
        this.action = action;
    }

    /** Returns what is wrong, in full sentences. */
    public String problem() {
        return problem;
    }

    /** Returns what to do, in full sentences. */
    public String action() {
        return action;
    }
}
