package dev.coherence.axon.payload;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells which component of an event holds the identifier of the event's own aggregate.
 *
 * @param aggregate the identifier of the aggregate, as text
 * @param field the name of the field in which the aggregate keeps it, if it is known
 */
record OwnIdentifier(String aggregate, Optional<String> field) {

    /** Of a component that cannot be a value; whoever asks for its value has found that it is not the identifier either. */
    static final Form NO_VALUE = (object, walk) -> {
        throw walk.refused(Shape.problem(ResolvedType.of(object.getClass()))
                + "; it would only be right here as the identifier of the event's own aggregate");
    };

    private static final List<String> WORDS = List.of("Id", "ID", "Identifier");

    /**
     * The key among those given whose component is the identifier: the one that is named as the field in the aggregate is,
     * else the first that has the name of an identifier; and in each case only if it holds the identifier.
     */
    Optional<KeyNode> among(List<KeyNode> keys, Object event) {
        Optional<KeyNode> named =
                keys.stream().filter(key -> isField(key) && holdsIt(key, event)).findFirst();
        return named.or(() ->
                keys.stream().filter(key -> hasName(key) && holdsIt(key, event)).findFirst());
    }

    /** Whether the component, the only one of its class, may be the identifier, whatever its name is. */
    boolean maybe(KeyNode key, Object event) {
        return isField(key) || (isBrief(key.accessor().read(event)) && holdsIt(key, event));
    }

    /** Whether it can be an identifier, or is a document that need not be printed to know that it is none. */
    private static boolean isBrief(@Nullable Object held) {
        return held != null && (isText(held.getClass()) || isOfTexts(held.getClass()));
    }

    private static boolean isText(Class<?> type) {
        return Scalars.text(type).isPresent();
    }

    private static boolean isOfTexts(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents()).allMatch(component -> isText(component.getType()));
    }

    private boolean isField(KeyNode key) {
        return field.filter(key.component().name()::equals).isPresent();
    }

    private boolean hasName(KeyNode key) {
        String name = key.component().name();
        boolean endsWithField = field.filter(suffix -> !suffix.isEmpty())
                .filter(suffix -> name.endsWith(capitalized(suffix)))
                .isPresent();
        return endsWithField || isWordForIdentifier(name) || canOnlyBe(key);
    }

    /** As it ends a longer name: {@code bookIsbn}. */
    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private boolean holdsIt(KeyNode key, Object event) {
        Object held = key.accessor().read(event);
        // As Axon prints identifiers. Collections are none, and may print without end.
        return held != null && !isContainer(held) && aggregate.equals(held.toString());
    }

    private static boolean isContainer(Object held) {
        Shape shape = Shape.of(held.getClass());
        return shape == Shape.LIST || shape == Shape.MAP;
    }

    /** Whether the key was found to be no value. */
    static boolean canOnlyBe(KeyNode key) {
        return key instanceof KeyNode.Leaf leaf && leaf.form() == NO_VALUE;
    }

    /**
     * Whether the component is no value, but may be an identifier: its class prints itself, and has the name of one or wraps
     * one value.
     */
    static boolean canOnlyBe(Component component) {
        Class<?> type = component.type().content().raw();
        boolean isUnknown = Shape.of(type) == Shape.NONE && Scalars.form(type).isEmpty() && !type.isArray();
        return isUnknown
                && component.marks().key().isEmpty()
                && printsItself(type)
                && (isWordForIdentifier(component.name())
                        || isWordForIdentifier(type.getSimpleName())
                        || wrapsOne(type));
    }

    private static boolean printsItself(Class<?> type) {
        try {
            return !JdkClasses.contains(type.getMethod("toString").getDeclaringClass());
        } catch (NoSuchMethodException e) {
            return false; // a primitive type
        }
    }

    private static boolean wrapsOne(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                        .filter(OwnIdentifier::isState)
                        .count()
                == 1;
    }

    private static boolean isState(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic();
    }

    /** {@code id}, {@code bookId}, {@code BookID}, {@code identifier}, but not {@code paid}. */
    private static boolean isWordForIdentifier(String name) {
        return WORDS.stream().anyMatch(word -> name.equalsIgnoreCase(word) || name.endsWith(word));
    }
}
