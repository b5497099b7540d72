package dev.coherence.axon.payload;

import dev.coherence.action.Identity;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** Which types can be the ids of triggers: those whose values have one text each, alone or in a collection or an array. */
final class TriggerIds {

    private TriggerIds() {}

    /** How ids of this class are printed; empty if its objects are none. */
    static Optional<Function<Object, String>> text(Class<?> type) {
        return type == Identity.class ? Optional.empty() : Scalars.text(type);
    }

    /** Whether a component of the type can hold ids. */
    static boolean canBeIn(ResolvedType declared) {
        ResolvedType type = declared.content();
        if (type.raw().isArray()) {
            return Shape.of(type.raw()) == Shape.LIST
                    && isId(type.arguments().get(0).content());
        }
        return type.as(Collection.class)
                .map(collection -> isId(collection.arguments().get(0).content()))
                .orElseGet(() -> isId(type));
    }

    /** What an interface or {@code Object} holds, is looked at when an event comes. */
    private static boolean isId(ResolvedType type) {
        return text(type.raw()).isPresent()
                || (Shape.of(type.raw()) == Shape.OPEN
                        && Scalars.form(type.raw()).isEmpty());
    }

    /** What to tell about a type that cannot hold ids. */
    static String problem(String type) {
        return "is of " + type + ", which cannot be the id of a trigger; use a text, an integer, an enum, a UUID, or a"
                + " collection of such, or annotate a method that returns the id as text";
    }
}
