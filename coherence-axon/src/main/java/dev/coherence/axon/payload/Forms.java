package dev.coherence.axon.payload;

import dev.coherence.value.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how objects of declared types become values of a patch, and which types cannot:
 *
 * <ol>
 *   <li>single values are as {@link Scalars} says;
 *   <li>collections, arrays and maps are lists and maps of what they hold, if their elements and keys can be;
 *   <li>a record is a map of its keys;
 *   <li>{@code Object}, {@code Number}, {@code Record}, {@code Enum} and interfaces are what is found in them at run time; of a
 *       sealed interface, all that is permitted has to be a value;
 *   <li>anything else is a mistake.
 * </ol>
 *
 * <p>Each type is looked at once, so that types that contain themselves come to an end. Not thread-safe.
 */
final class Forms {

    private static final Form REFUSED = (object, walk) -> {
        throw walk.refused("is of a class with mistakes");
    };

    private final Mistakes mistakes;
    private final Components components;
    private final boolean isFoundAtRunTime;
    private final Map<ResolvedType, Form> known = new HashMap<>();
    private @Nullable Forms atRunTime;

    /** @param isFoundAtRunTime whether the types are those of objects that were found in a component of an open type */
    Forms(Components components, Mistakes mistakes, boolean isFoundAtRunTime) {
        this.components = components;
        this.mistakes = mistakes;
        this.isFoundAtRunTime = isFoundAtRunTime;
    }

    /** The form of objects of the type, which is declared at the given place; with a mistake, if it has none. */
    Form of(ResolvedType declared, String place) {
        ResolvedType type = declared.content();
        Form form = known.get(type);
        if (form != null) {
            return form;
        }
        if (known.size() >= ResolvedType.MANY) {
            mistakes.add(place, "is of a type that nests without end; declare it with fewer type arguments");
            return REFUSED;
        }
        return Scalars.form(type.raw()).orElseGet(() -> compound(type, place));
    }

    private Form compound(ResolvedType type, String place) {
        return switch (Shape.of(type.raw())) {
            case LIST -> list(type, elementOf(type), place);
            case MAP -> map(type, place);
            case RECORD -> record(type);
            case OPEN -> open(type, place);
            case NONE -> {
                mistakes.add(place, Shape.problem(type));
                yield REFUSED;
            }
        };
    }

    private static ResolvedType elementOf(ResolvedType type) {
        ResolvedType list =
                type.raw().isArray() ? type : type.as(Collection.class).orElseThrow();
        return list.arguments().get(0);
    }

    private Form list(ResolvedType type, ResolvedType element, String place) {
        ListForm form = new ListForm();
        known.put(type, form);
        form.element = of(element, place);
        known.remove(type); // or its mistakes would be told of one component only
        return form;
    }

    private Form map(ResolvedType type, String place) {
        List<ResolvedType> arguments = type.as(Map.class).orElseThrow().arguments();
        Class<?> key = arguments.get(0).raw();
        if (Scalars.text(key).isEmpty() && Shape.of(key) != Shape.OPEN) {
            mistakes.add(place, MapKeys.problem(arguments.get(0).toString()));
        }
        MapForm form = new MapForm(Shape.of(key) == Shape.OPEN);
        known.put(type, form);
        form.value = of(arguments.get(1), place);
        known.remove(type); // as for lists
        return form;
    }

    private Form record(ResolvedType type) {
        RecordForm form = new RecordForm();
        known.put(type, form);
        form.keys = KeyFinder.ofValue(components, this, mistakes).keysOf(type);
        if (isFoundAtRunTime) {
            components.of(type).stream()
                    .filter(component -> component.marks().isTrigger())
                    .forEach(component -> mistakes.add(
                            component.place(),
                            "is a trigger in a record that is found at run time only, where nobody looks for triggers;"
                                    + " declare the record by its own type, or put the id into the event itself"));
        }
        return form;
    }

    private Form open(ResolvedType type, String place) {
        Form form = new OpenForm(type.raw());
        known.put(type, form);
        if (type.raw().isSealed()) {
            for (Class<?> permitted : type.raw().getPermittedSubclasses()) {
                atRunTime().of(ResolvedType.of(permitted), place);
            }
        }
        return form;
    }

    /** Mistakes of what may be found at run time are known now if all that may be found is. */
    private Forms atRunTime() {
        if (isFoundAtRunTime) {
            return this;
        }
        Forms found = atRunTime;
        if (found == null) {
            found = new Forms(components, mistakes, true);
            atRunTime = found;
        }
        return found;
    }

    /** A list of its elements' values; of a set, in an order that does not depend on how the set was filled. */
    private static final class ListForm implements Form {

        private Form element = REFUSED; // until the type of the elements is known, which may contain this one

        @Override
        public Value of(Object object, Walk walk) {
            return Containers.list(object, element, walk);
        }
    }

    /** A map from the texts of its keys to the values of its values. */
    private static final class MapForm implements Form {

        private final boolean keysAreOpen;
        private Form value = REFUSED; // until the type of the values is known, which may contain this one

        MapForm(boolean keysAreOpen) {
            this.keysAreOpen = keysAreOpen;
        }

        @Override
        public Value of(Object object, Walk walk) {
            return Containers.map((Map<?, ?>) object, keysAreOpen, value, walk);
        }
    }

    /** A map of the keys of a record, without those that are null. */
    private static final class RecordForm implements Form {

        private List<KeyNode> keys = List.of(); // until the components are known, which may contain this type

        @Override
        public Value of(Object object, Walk walk) {
            return Containers.record(object, keys, walk);
        }
    }
}
