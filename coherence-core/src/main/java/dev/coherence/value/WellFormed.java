package dev.coherence.value;

import org.jspecify.annotations.Nullable;

/** The rules that texts of each role obey. Every check returns what it was given, or refuses it naming its place. */
public final class WellFormed {

    private WellFormed() {}

    /**
     * A name, such as a reason or a source: 1 to {@link Limits#MAX_NAME_LENGTH} UTF-16 code units, no NUL, no unpaired
     * surrogate.
     *
     * @throws InvalidInputException with the given place
     */
    public static String name(String place, @Nullable String name) {
        String present = bounded(place, name, 1, Limits.MAX_NAME_LENGTH);
        if (present.indexOf('\0') >= 0) {
            throw new InvalidInputException(place, "must not contain the character U+0000, which databases refuse");
        }
        return present;
    }

    /**
     * A key of a path: 1 to {@link Limits#MAX_KEY_LENGTH} UTF-16 code units, no unpaired surrogate.
     *
     * @throws InvalidInputException with the given place
     */
    public static String key(String place, @Nullable String key) {
        return bounded(place, key, 1, Limits.MAX_KEY_LENGTH);
    }

    /** Like {@link #key}, for a map that stands at {@code place}; the empty key is accepted, as JSON has it. */
    static String entryKey(String place, String key) {
        return bounded(place + "[key " + InvalidInputException.quoted(key) + "]", key, 0, Limits.MAX_KEY_LENGTH);
    }

    /** A text value: up to {@link Limits#MAX_TEXT_LENGTH} UTF-16 code units, no unpaired surrogate. */
    static String text(String place, @Nullable String text) {
        return bounded(place, text, 0, Limits.MAX_TEXT_LENGTH);
    }

    /**
     * Something that must be there.
     *
     * @throws InvalidInputException with the given place, if it is null
     */
    public static <T> T present(String place, @Nullable T object) {
        if (object == null) {
            throw new InvalidInputException(place, "is missing");
        }
        return object;
    }

    private static String bounded(String place, @Nullable String text, int min, int max) {
        String present = present(place, text);
        if (present.length() < min) {
            throw new InvalidInputException(place, "must not be empty");
        }
        if (present.length() > max) {
            throw new InvalidInputException(
                    place, "has " + present.length() + " characters; at most " + max + " are allowed");
        }
        int unpaired = Surrogates.indexOfUnpaired(present);
        if (unpaired >= 0) {
            throw new InvalidInputException(
                    place,
                    "has half a surrogate pair at offset " + unpaired + ", which no encoding can store; remove it");
        }
        return present;
    }
}
