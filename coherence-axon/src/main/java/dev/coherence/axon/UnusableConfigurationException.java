package dev.coherence.axon;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.AxonConfigurationException;

/** Stops the start of an application in which coherence could not keep its promises. Names everything that is wrong. */
public final class UnusableConfigurationException extends AxonConfigurationException {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;

    /** Names what is wrong, one sentence each, with the way out. */
    public UnusableConfigurationException(List<String> problems) {
        super("coherence cannot work with this configuration:\n- " + String.join("\n- ", problems));
        this.problems = new ArrayList<>(problems);
    }

    /** Returns what is wrong, one sentence each, with the way out. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
