package dev.coherence.spring.boot.failure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints the problem and the action of a {@link CoherenceStartException}. */
final class CoherenceStartFailureAnalyzer extends AbstractFailureAnalyzer<CoherenceStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CoherenceStartException cause) {
        return new FailureAnalysis(cause.problem(), cause.action(), cause);
    }
}
