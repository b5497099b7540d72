package dev.coherence.axon.storage;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Triggers as one text, as it stands in metadata under {@code coherence-triggers}: printed identities, one on each line. A
 * line feed within an identity is written {@code \n}, and hence a backslash {@code \\}.
 */
public final class TriggerLines {

    private TriggerLines() {}

    /** Returns the text; empty if there are no triggers. */
    public static String print(Collection<Identity> triggers) {
        return triggers.stream()
                .map(trigger -> trigger.toString().replace("\\", "\\\\").replace("\n", "\\n"))
                .collect(joining("\n"));
    }

    /**
     * Returns the triggers; the exact inverse of {@link #print}.
     *
     * @throws InvalidInputException if a line is no identity
     */
    public static SortedSet<Identity> parse(String text) {
        return text.isEmpty()
                ? new TreeSet<>()
                : Stream.of(text.split("\n", -1))
                        .map(line -> Identity.parse(unescaped(line)))
                        .collect(toCollection(TreeSet::new));
    }

    private static String unescaped(String line) {
        StringBuilder unescaped = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                c = line.charAt(i) == 'n' ? '\n' : line.charAt(i);
            }
            unescaped.append(c);
        }
        return unescaped.toString();
    }
}
