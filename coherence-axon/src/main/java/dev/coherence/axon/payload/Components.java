package dev.coherence.axon.payload;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the components of classes, in the order in which they are declared, those of super classes first:
 *
 * <ol>
 *   <li>of a record its record components, of any other class the fields that are neither static nor transient;
 *   <li>each with the annotations of its field and of the methods that belong to it, in super types as well: {@code
 *       title()}, {@code getTitle()}, {@code isTitle()};
 *   <li>and after them a component for each annotated method without parameters that belongs to none of the above.
 * </ol>
 *
 * <p>Looks at each type once. Not thread-safe.
 */
final class Components {

    private final Mistakes mistakes;
    private final Map<ResolvedType, List<Component>> known = new HashMap<>();

    Components(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    List<Component> of(ResolvedType type) {
        List<Component> found = known.get(type);
        if (found == null) {
            found = find(type);
            known.put(type, found);
        }
        return found;
    }

    private List<Component> find(ResolvedType type) {
        List<Part> parts = type.raw().isRecord() ? recordComponents(type) : fields(type);
        Map<String, Part> computed = new LinkedHashMap<>();
        for (AnnotatedMethod annotated : AnnotatedMethod.of(type)) {
            owners(annotated, parts, computed, type).forEach(part -> part.annotate(annotated));
        }
        parts.addAll(computed.values());
        return parts.stream().map(part -> component(type, part)).toList();
    }

    private static List<Part> recordComponents(ResolvedType type) {
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : type.raw().getRecordComponents()) {
            Part part = new Part(
                    component.getName(), type.resolve(component.getGenericType()), component.getAccessor(), false);
            part.places.add(field(type.raw(), component.getName()));
            parts.add(part);
        }
        return parts;
    }

    private static Field field(Class<?> record, String component) {
        try {
            return record.getDeclaredField(component);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(record + " has no field for its component " + component, e);
        }
    }

    private List<Part> fields(ResolvedType type) {
        List<Part> parts = new ArrayList<>();
        for (ResolvedType level : type.lineage()) {
            for (Field field : level.raw().getDeclaredFields()) {
                if (isPart(field)) {
                    Part part = new Part(field.getName(), level.resolve(field.getGenericType()), field, false);
                    part.places.add(field);
                    parts.add(part);
                } else if (Marks.isOn(field)) {
                    mistakes.add(
                            type.raw().getTypeName() + "." + field.getName(),
                            "is annotated, but static or transient, hence no part of the event; remove the annotation");
                }
            }
        }
        return parts;
    }

    private static boolean isPart(Field field) {
        return !Modifier.isStatic(field.getModifiers())
                && !Modifier.isTransient(field.getModifiers())
                && !field.isSynthetic();
    }

    /** The components that the method belongs to; several only where a field hides another. */
    private List<Part> owners(
            AnnotatedMethod annotated, List<Part> parts, Map<String, Part> computed, ResolvedType type) {
        Method method = annotated.method();
        String place = type.raw().getTypeName() + "." + method.getName() + "()";
        if (!annotated.isGetter()) {
            mistakes.add(
                    place,
                    "is annotated, but is static, has parameters or returns nothing;"
                            + " annotate a field or a method that returns the value");
            return List.of();
        }
        for (String property : annotated.properties()) {
            List<Part> owners =
                    parts.stream().filter(part -> part.name.equals(property)).toList();
            if (!owners.isEmpty()) {
                return owners;
            }
        }
        String name = annotated.property();
        Part part = computed.computeIfAbsent(name, key -> new Part(key, annotated.type(), method, true));
        return List.of(part);
    }

    private Component component(ResolvedType type, Part part) {
        String place = type.raw().getTypeName() + "." + part.name;
        Marks marks = Marks.of(part.places, place, mistakes);
        MarkRules.check(marks, place, part.isComputed, mistakes);
        return new Component(type.raw(), part.name, part.type, marks, part.source);
    }

    /** A component on its way, while its annotations are still being collected. */
    private static final class Part {

        private final String name;
        private final ResolvedType type;
        private final AccessibleObject source;
        private final boolean isComputed;
        private final List<AnnotatedElement> places = new ArrayList<>();

        Part(String name, ResolvedType type, AccessibleObject source, boolean isComputed) {
            this.name = name;
            this.type = type;
            this.source = source;
            this.isComputed = isComputed;
        }

        void annotate(AnnotatedMethod annotated) {
            places.add(annotated.method());
        }
    }
}
