package dev.coherence.axon.payload;

import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.Key;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.NotPatched;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a component is annotated. Immutable.
 *
 * @param key the path that {@code @Key} gives, as it is written
 * @param notPatched whether {@code @NotPatched} is there
 * @param linkedTo the kind that {@code @LinkedTo} gives
 * @param fires the kind that {@code @Fires} gives
 */
record Marks(Optional<String> key, boolean notPatched, Optional<String> linkedTo, Optional<String> fires) {

    private static final List<Class<? extends Annotation>> TYPES =
            List.of(Key.class, NotPatched.class, LinkedTo.class, Fires.class);

    /** Whether any of the annotations stands there. */
    static boolean isOn(AnnotatedElement element) {
        return TYPES.stream().anyMatch(element::isAnnotationPresent);
    }

    /**
     * What stands on a component at several places, such as its field and its accessor. The same annotation at two of them
     * counts once, unless they differ.
     */
    static Marks of(List<? extends AnnotatedElement> places, String component, Mistakes mistakes) {
        for (Class<? extends Annotation> type : TYPES) {
            Set<Annotation> different = places.stream()
                    .filter(place -> place.isAnnotationPresent(type))
                    .map(place -> (Annotation) place.getAnnotation(type))
                    .collect(Collectors.toSet());
            if (different.size() > 1) {
                mistakes.add(
                        component,
                        "@" + type.getSimpleName()
                                + " says different things on its field and on its methods; leave one of them");
            }
        }
        return new Marks(
                first(places, Key.class).map(Key::value),
                first(places, NotPatched.class).isPresent(),
                first(places, LinkedTo.class).map(LinkedTo::value),
                first(places, Fires.class).map(Fires::value));
    }

    private static <A extends Annotation> Optional<A> first(List<? extends AnnotatedElement> places, Class<A> type) {
        return places.stream()
                .filter(place -> place.isAnnotationPresent(type))
                .map(place -> place.getAnnotation(type))
                .findFirst();
    }

    boolean isTrigger() {
        return linkedTo.isPresent() || fires.isPresent();
    }

    /** Whether the component is a key of a patch: by default it is one, unless it is a trigger. */
    boolean isKey() {
        return !notPatched && (key.isPresent() || !isTrigger());
    }
}
