package dev.coherence.action;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Limits;
import dev.coherence.value.WellFormed;
import java.util.Comparator;

/**
 * Names an actor, an aggregate or a trigger. Ordered by kind, then id, both by UTF-16 code unit. Immutable.
 *
 * @param kind what sort of thing it is, such as {@code book}; not empty
 * @param id which one of its kind; not empty; any characters but NUL
 */
public record Identity(String kind, String id) implements Comparable<Identity> {

    private static final Comparator<Identity> ORDER =
            Comparator.comparing(Identity::kind).thenComparing(Identity::id);

    /**
     * @throws InvalidInputException with place {@code kind} or {@code id}, if one is empty, or has a NUL or an unpaired
     *     surrogate, or if {@link #toString()} would be longer than {@link Limits#MAX_NAME_LENGTH}
     */
    public Identity {
        WellFormed.name("kind", kind);
        WellFormed.name("id", id);
        int length = IdentityText.of(kind, id).length();
        if (length > Limits.MAX_NAME_LENGTH) {
            throw new InvalidInputException(
                    "id",
                    "is too long: written as kind:id it has " + length + " characters, at most "
                            + Limits.MAX_NAME_LENGTH + " are allowed");
        }
    }

    /**
     * The identity of the given kind and id.
     *
     * @throws InvalidInputException as the constructor
     */
    public static Identity of(String kind, String id) {
        return new Identity(kind, id);
    }

    /**
     * The exact inverse of {@link #toString()}: gives the one identity that is written like this.
     *
     * @throws InvalidInputException with place {@code identity}, if none is
     */
    public static Identity parse(String text) {
        return IdentityText.parse(text);
    }

    @Override
    public int compareTo(Identity other) {
        return ORDER.compare(this, other);
    }

    /**
     * {@code kind:id}, unambiguous: in the kind, {@code %}, {@code :} and {@code !} are written {@code %25}, {@code %3A}
     * and {@code %21}; the id stands as it is. At most {@link Limits#MAX_NAME_LENGTH} UTF-16 code units.
     */
    @Override
    public String toString() {
        return IdentityText.of(kind, id);
    }
}
