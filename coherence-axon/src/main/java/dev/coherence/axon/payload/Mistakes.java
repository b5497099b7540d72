package dev.coherence.axon.payload;

import dev.coherence.value.InvalidInputException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one class; the same mistake, met twice on the way, counts once. Not thread-safe. */
final class Mistakes {

    private final String subject;
    private final Set<String> found = new LinkedHashSet<>();

    Mistakes(Class<?> subject) {
        this.subject = subject.getTypeName();
    }

    /** A mistake of the class as a whole. */
    void add(String problem) {
        found.add(subject + ": " + problem);
    }

    /** A mistake of one member; that of another class is shown with the class in which it was met. */
    void add(String member, String problem) {
        String shown = member.startsWith(subject + ".") ? member : member + " (in " + subject + ")";
        found.add(shown + ": " + problem);
    }

    /** What the exception says is wrong, seen from the given place. */
    static String problem(InvalidInputException refused) {
        return "its " + refused.place() + " " + refused.problem();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<String> list() {
        return List.copyOf(found);
    }
}
