package dev.coherence.axon.payload;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints the keys of maps. */
final class MapKeys {

    private MapKeys() {}

    /**
     * The text of a key.
     *
     * @param isOpen whether the declared type of the keys leaves open which enum they are of, so that it has to be named
     */
    static String text(@Nullable Object key, boolean isOpen, Walk walk) {
        if (key == null) {
            throw walk.refused("is a map with a null key; leave it out");
        }
        if (isOpen && key instanceof Enum<?> constant) {
            return constant.getDeclaringClass().getName() + "." + constant.name();
        }
        Function<Object, String> text = Scalars.text(key.getClass())
                .orElseThrow(() -> walk.refused(problem(key.getClass().getTypeName())));
        return text.apply(key);
    }

    /** What to tell about keys of a type that has no text. */
    static String problem(String type) {
        return "is a map with keys of " + type
                + ", which have no text that tells them apart; use texts, integers, enums, dates or UUIDs as keys";
    }
}
