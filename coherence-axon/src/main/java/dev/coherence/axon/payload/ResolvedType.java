package dev.coherence.axon.payload;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A type as it is declared somewhere, without type variables: each is replaced by what it stands for there, or by its bound
 * where nobody says. Immutable.
 *
 * @param raw the class
 * @param arguments its type arguments; for an array, the type of its elements
 */
record ResolvedType(Class<?> raw, List<ResolvedType> arguments) {

    /**
     * More types than are reached from any one class in practice. Only a class that contains itself with ever longer type
     * arguments, as in {@code record Nest<T>(Nest<List<T>> next)}, reaches so many, and without this bound would have no end.
     */
    static final int MANY = 200;

    static final ResolvedType OBJECT = new ResolvedType(Object.class, List.of());

    ResolvedType {
        arguments = List.copyOf(arguments);
    }

    /** The class as it is used without type arguments. */
    static ResolvedType of(Class<?> type) {
        return OBJECT.resolve(type);
    }

    /** A type that is written in this class, such as that of a field. */
    ResolvedType resolve(Type type) {
        return resolve(type, new HashSet<>());
    }

    private ResolvedType resolve(Type type, Set<TypeVariable<?>> open) {
        if (type instanceof Class<?> simple) {
            return simple.isArray() ? array(resolve(simple.getComponentType(), open)) : unparameterized(simple, open);
        }
        if (type instanceof ParameterizedType parameterized) {
            return new ResolvedType(
                    (Class<?>) parameterized.getRawType(), resolve(parameterized.getActualTypeArguments(), open));
        }
        if (type instanceof GenericArrayType array) {
            return array(resolve(array.getGenericComponentType(), open));
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0], open);
        }
        return variable((TypeVariable<?>) type, open);
    }

    private List<ResolvedType> resolve(Type[] types, Set<TypeVariable<?>> open) {
        List<ResolvedType> resolved = new ArrayList<>();
        for (Type type : types) {
            resolved.add(resolve(type, open));
        }
        return resolved;
    }

    private ResolvedType unparameterized(Class<?> type, Set<TypeVariable<?>> open) {
        List<ResolvedType> bounds = new ArrayList<>();
        for (TypeVariable<?> parameter : type.getTypeParameters()) {
            bounds.add(bound(parameter, open));
        }
        return new ResolvedType(type, bounds);
    }

    private ResolvedType variable(TypeVariable<?> variable, Set<TypeVariable<?>> open) {
        int index = Arrays.asList(raw.getTypeParameters()).indexOf(variable);
        return index >= 0 && index < arguments.size() ? arguments.get(index) : bound(variable, open);
    }

    /** A variable within its own bound, as in {@code T extends Comparable<T>}, can be anything. */
    private ResolvedType bound(TypeVariable<?> variable, Set<TypeVariable<?>> open) {
        if (!open.add(variable)) {
            return OBJECT;
        }
        ResolvedType bound = resolve(variable.getBounds()[0], open);
        open.remove(variable);
        return bound;
    }

    private static ResolvedType array(ResolvedType element) {
        return new ResolvedType(element.raw().arrayType(), List.of(element));
    }

    /** This type seen as one of its super types; empty if it is none. */
    Optional<ResolvedType> as(Class<?> target) {
        if (raw == target) {
            return Optional.of(this);
        }
        return parents().stream()
                .filter(parent -> target.isAssignableFrom(parent.raw()))
                .findFirst()
                .flatMap(parent -> parent.as(target));
    }

    private List<ResolvedType> parents() {
        List<ResolvedType> parents = new ArrayList<>();
        if (raw.getGenericSuperclass() != null) {
            parents.add(resolve(raw.getGenericSuperclass()));
        }
        for (Type parent : raw.getGenericInterfaces()) {
            parents.add(resolve(parent));
        }
        return parents;
    }

    /** This class after its super classes, the topmost first; those of the JDK are left out. */
    List<ResolvedType> lineage() {
        List<ResolvedType> lineage = new ArrayList<>();
        ResolvedType at = this;
        while (!JdkClasses.contains(at.raw())) {
            lineage.add(0, at);
            Type parent = at.raw().getGenericSuperclass();
            if (parent == null) {
                break;
            }
            at = at.resolve(parent);
        }
        return lineage;
    }

    /** What an {@link Optional} of whatever sort holds; this type if it is none. */
    ResolvedType content() {
        if (raw == Optional.class) {
            return arguments.get(0).content();
        }
        if (raw == OptionalInt.class) {
            return of(Integer.class);
        }
        if (raw == OptionalLong.class) {
            return of(Long.class);
        }
        return raw == OptionalDouble.class ? of(Double.class) : this;
    }

    /** As it would be written in Java. */
    @Override
    public String toString() {
        if (raw.isArray() || arguments.isEmpty()) {
            return raw.getTypeName();
        }
        List<String> written = arguments.stream().map(ResolvedType::toString).toList();
        return raw.getTypeName() + "<" + String.join(", ", written) + ">";
    }
}
