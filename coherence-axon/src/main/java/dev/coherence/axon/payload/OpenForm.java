package dev.coherence.axon.payload;

import dev.coherence.value.Value;
import java.util.Map;
import java.util.Optional;

/**
 * Of a type that does not say what is found in it. A record or an enum is told by a map with one entry, from the name of its
 * class to its value: two objects of different classes must not be taken for equal because their components are.
 */
final class OpenForm implements Form {

    private static final OpenForm ANYTHING = new OpenForm(Object.class);

    private final Class<?> declared;

    OpenForm(Class<?> declared) {
        this.declared = declared;
    }

    @Override
    public Value of(Object object, Walk walk) {
        Class<?> found = object.getClass();
        if (object instanceof Enum<?> constant) {
            return named(constant.getDeclaringClass(), walk.scalar(constant.name()), walk);
        }
        Optional<Form> scalar = Scalars.form(found);
        if (scalar.isPresent()) {
            return scalar.get().of(object, walk);
        }
        return switch (Shape.of(found)) {
            case LIST -> Containers.list(object, ANYTHING, walk);
            case MAP -> Containers.map((Map<?, ?>) object, true, ANYTHING, walk);
            case RECORD -> named(found, walk.records().form(found, walk).of(object, walk), walk);
            case OPEN, NONE -> throw walk.refused(Shape.problem(ResolvedType.of(found)));
        };
    }

    private Value named(Class<?> found, Value value, Walk walk) {
        return walk.map(Map.of(name(found), value));
    }

    /** Without its package, if that is the one of the declared type: then no other class there is called the same. */
    private String name(Class<?> found) {
        boolean isNear = found.getPackageName().equals(declared.getPackageName());
        int outside =
                found.getPackageName().isEmpty() ? 0 : found.getPackageName().length() + 1;
        return isNear ? found.getName().substring(outside) : found.getName();
    }
}
