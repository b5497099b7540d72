package dev.coherence.spring.boot.failure;

import dev.coherence.axon.UnusableConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints everything that keeps coherence from working with the aggregates, commands and events of the application. */
final class UnusableConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<UnusableConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableConfigurationException cause) {
        return new FailureAnalysis(
                "coherence cannot work with this application:\n\n- " + String.join("\n- ", cause.problems()),
                "Mend what is listed; each entry names the way out. To start without coherence, set"
                        + " axon.coherence.enabled=false.",
                cause);
    }
}
