package dev.coherence.axon.payload;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** How a class that is none of {@link Scalars} is built, as far as a patch is concerned. */
enum Shape {
    /** Something with elements. */
    LIST,
    MAP,
    RECORD,
    /** The class of the object that is found there decides. */
    OPEN,
    /** It cannot be in a patch. */
    NONE;

    /** Classes whose subclasses may be values, although they are none themselves. */
    private static final Set<Class<?>> OPEN_CLASSES = Set.of(Object.class, Number.class, Record.class, Enum.class);

    static Shape of(Class<?> type) {
        if (type == byte[].class || type == char[].class) {
            return NONE; // a blob or a text, but no list of numbers
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return LIST;
        }
        if (Map.class.isAssignableFrom(type)) {
            return MAP;
        }
        if (type.isRecord()) {
            return RECORD;
        }
        return type.isInterface() || OPEN_CLASSES.contains(type) ? OPEN : NONE;
    }

    /** What to tell about a type without shape, or about an object of it. */
    static String problem(ResolvedType type) {
        return "is of " + type + ", which cannot be a value in a patch" + reason(type.raw())
                + "; use a text, a number, an enum, a date, a record, or a collection or map of such,"
                + " annotate the component with @NotPatched, or let the event implement Patching";
    }

    private static String reason(Class<?> type) {
        if (type == byte[].class || type == char[].class) {
            return " (it is no list of numbers, and may be large)";
        }
        boolean isAbstract = Modifier.isAbstract(type.getModifiers()) && !type.isPrimitive() && !type.isArray();
        return isAbstract ? " (nor can its subclasses, since records and enums have no such super class)" : "";
    }
}
