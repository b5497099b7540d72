package dev.coherence.axon.payload;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A method that bears one of our annotations. Immutable.
 *
 * @param method the method
 * @param type what it returns, as seen from the class that was asked for
 */
record AnnotatedMethod(Method method, ResolvedType type) {

    /** All of a type and of its super types, except those that an annotated method overrides. */
    static List<AnnotatedMethod> of(ResolvedType type) {
        List<AnnotatedMethod> found = new ArrayList<>();
        for (ResolvedType level : levels(type)) {
            for (Method method : level.raw().getDeclaredMethods()) {
                if (!method.isSynthetic()
                        && Marks.isOn(method)
                        && found.stream().noneMatch(m -> m.overrides(method))) {
                    found.add(new AnnotatedMethod(method, level.resolve(method.getGenericReturnType())));
                }
            }
        }
        return found;
    }

    /** From the class upwards, and then the interfaces: an overriding method comes before what it overrides. */
    private static Set<ResolvedType> levels(ResolvedType type) {
        List<ResolvedType> classes = type.lineage();
        Set<ResolvedType> levels = new LinkedHashSet<>();
        for (int i = classes.size() - 1; i >= 0; i--) {
            levels.add(classes.get(i));
        }
        classes.forEach(level -> addInterfaces(level, levels));
        return levels;
    }

    private static void addInterfaces(ResolvedType type, Set<ResolvedType> levels) {
        for (Type generic : type.raw().getGenericInterfaces()) {
            ResolvedType resolved = type.resolve(generic);
            if (!JdkClasses.contains(resolved.raw())) {
                levels.add(resolved);
                addInterfaces(resolved, levels);
            }
        }
    }

    private boolean overrides(Method other) {
        return method.getName().equals(other.getName())
                && method.getParameterCount() == 0
                && other.getParameterCount() == 0
                && other.getDeclaringClass().isAssignableFrom(method.getDeclaringClass());
    }

    boolean isGetter() {
        return !Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 0
                && method.getReturnType() != void.class;
    }

    /** The names that a field may have to which this method belongs, the likeliest first. */
    List<String> properties() {
        String name = method.getName();
        List<String> names = new ArrayList<>(List.of(name));
        for (String prefix : List.of("get", "is")) {
            if (name.length() > prefix.length() && name.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                names.add(rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1));
                names.add(rest);
            }
        }
        return names;
    }

    /** The name of the component that this method is if it belongs to no field. */
    String property() {
        List<String> names = properties();
        boolean isPrefixed =
                names.size() > 1 && Character.isUpperCase(names.get(2).charAt(0));
        return names.get(isPrefixed ? 1 : 0);
    }
}
