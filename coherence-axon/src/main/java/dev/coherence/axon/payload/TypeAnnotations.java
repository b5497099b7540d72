package dev.coherence.axon.payload;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds an annotation on a class, on its super classes, or else on its interfaces, which is where records can share one. An
 * interface goes before those that it extends.
 */
final class TypeAnnotations {

    private TypeAnnotations() {}

    static <A extends Annotation> Optional<A> find(Class<?> type, Class<A> annotation, Mistakes mistakes) {
        A own = type.getAnnotation(annotation); // of super classes as well, as it is @Inherited
        if (own != null) {
            return Optional.of(own);
        }
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            addInterfaces(at, interfaces);
        }
        List<Class<?>> annotated = new ArrayList<>(interfaces);
        annotated.removeIf(candidate -> !candidate.isAnnotationPresent(annotation));
        List<Class<?>> nearest = annotated.stream()
                .filter(candidate ->
                        annotated.stream().noneMatch(other -> other != candidate && candidate.isAssignableFrom(other)))
                .toList();
        if (nearest.stream().map(at -> at.getAnnotation(annotation)).distinct().count() > 1) {
            mistakes.add("inherits different @" + annotation.getSimpleName() + " from "
                    + String.join(
                            " and ", nearest.stream().map(Class::getTypeName).toList())
                    + "; annotate the class itself");
        }
        return nearest.stream().findFirst().map(at -> at.getAnnotation(annotation));
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> interfaces) {
        for (Class<?> parent : type.getInterfaces()) {
            if (interfaces.add(parent)) {
                addInterfaces(parent, interfaces);
            }
        }
    }
}
