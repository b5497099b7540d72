package dev.coherence.axon.payload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The class of an event cannot be used as it is annotated. Carries all mistakes of the class; the message has each of them on
 * a line of its own.
 *
 * <p>Immutable, hence thread-safe.
 */
public final class InvalidEventClassException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String eventClass;
    private final ArrayList<String> mistakes;

    InvalidEventClassException(String eventClass, List<String> mistakes) {
        super("the event class %s has %d mistake%s:%s"
                .formatted(
                        eventClass,
                        mistakes.size(),
                        mistakes.size() == 1 ? "" : "s",
                        System.lineSeparator() + "- " + String.join(System.lineSeparator() + "- ", mistakes)));
        this.eventClass = eventClass;
        this.mistakes = new ArrayList<>(mistakes);
    }

    /** The name of the class, as {@link Class#getTypeName()} gives it. */
    public String eventClass() {
        return eventClass;
    }

    /** All mistakes; each names class and member, the rule, and the way out. At least one; unmodifiable. */
    public List<String> mistakes() {
        return Collections.unmodifiableList(mistakes);
    }
}
