package dev.coherence.axon.event;

import static dev.coherence.value.InvalidInputException.quoted;
import static java.util.stream.Collectors.joining;

import dev.coherence.value.InvalidInputException;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sequence numbers of events as one text, as it stands in metadata: ascending, separated by commas. */
public final class EventNumbers {

    private EventNumbers() {}

    /** Returns the text; empty if there are no numbers. */
    public static String print(Collection<Long> numbers) {
        return new TreeSet<>(numbers).stream().map(String::valueOf).collect(joining(","));
    }

    /**
     * Returns the numbers of a printed text, or of one that a caller wrote: in any order, with spaces around the commas.
     *
     * @throws InvalidInputException with place {@code numbers}, if something else stands between two commas
     */
    public static SortedSet<Long> parse(String text) {
        SortedSet<Long> numbers = new TreeSet<>();
        if (!text.isBlank()) {
            for (String number : text.split(",", -1)) {
                numbers.add(parseOne(number.strip()));
            }
        }
        return numbers;
    }

    /**
     * Returns the one number that the text is.
     *
     * @throws InvalidInputException with place {@code numbers}, if it is none
     */
    public static long parseOne(String text) {
        try {
            long number = text.matches("[0-9]+") ? Long.parseLong(text) : 0;
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) { // too large
        }
        throw new InvalidInputException(
                "numbers", "holds %s, but a sequence number is an integer of 1 or more".formatted(quoted(text)));
    }
}
