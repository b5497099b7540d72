package dev.coherence.axon.guard;

import static java.util.Comparator.comparingInt;

import dev.coherence.axon.annotation.ConflictHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.common.ReflectionUtils;

/** The conflict handlers of an aggregate class and its super classes. Found once for each class; immutable. */
public final class ConflictHandlerMethods {

    private static final ClassValue<ConflictHandlerMethods> CLASSES = new ClassValue<>() {
        @Override
        protected ConflictHandlerMethods computeValue(Class<?> type) {
            return new ConflictHandlerMethods(type);
        }
    };

    private final List<ConflictHandlerMethod> methods;
    private final List<String> mistakes;

    private ConflictHandlerMethods(Class<?> aggregate) {
        Map<String, Method> bySignature = new LinkedHashMap<>();
        List<String> found = new ArrayList<>();
        for (Method method : ReflectionUtils.methodsOf(aggregate)) { // those of sub classes first
            if (method.isAnnotationPresent(ConflictHandler.class) && !method.isBridge()) {
                bySignature.putIfAbsent(ReflectionUtils.toDiscernibleSignature(method), method);
            }
        }
        List<ConflictHandlerMethod> usable = new ArrayList<>();
        for (Method method : bySignature.values()) {
            List<String> problems = ConflictHandlerMethod.mistakes(method);
            found.addAll(problems);
            if (problems.isEmpty()) {
                usable.add(new ConflictHandlerMethod(method));
            }
        }
        found.addAll(ambiguities(usable));
        this.methods = List.copyOf(usable);
        this.mistakes = List.copyOf(found);
    }

    static ConflictHandlerMethods of(Class<?> aggregate) {
        return CLASSES.get(aggregate);
    }

    /** Returns what is wrong with the conflict handlers of the aggregate class: one sentence each, naming the method. */
    public static List<String> mistakes(Class<?> aggregate) {
        return of(aggregate).mistakes;
    }

    boolean isEmpty() {
        return methods.isEmpty();
    }

    /** The method with the most specific type of ours, and among these of theirs. */
    Optional<ConflictHandlerMethod> best(Class<?> ours, Class<?> theirs) {
        return methods.stream()
                .filter(method -> method.takes(ours, theirs))
                .min(comparingInt((ConflictHandlerMethod method) -> distance(ours, method.ours()))
                        .thenComparingInt(method -> distance(theirs, method.theirs())));
    }

    /** How many steps up a type is from a class; an interface, or Object, is further away than any class. */
    private static int distance(Class<?> type, Class<?> ancestor) {
        int steps = 0;
        for (Class<?> c = type; c != null && c != ancestor; c = c.getSuperclass()) {
            steps++;
        }
        if (!ancestor.isInterface()) {
            return ancestor == Object.class ? Integer.MAX_VALUE : steps;
        }
        return 1_000 + interfaceSteps(type, ancestor);
    }

    private static int interfaceSteps(Class<?> type, Class<?> ancestor) {
        if (type == ancestor) {
            return 0;
        }
        int best = 1_000;
        for (Class<?> parent : parents(type)) {
            if (ancestor.isAssignableFrom(parent)) {
                best = Math.min(best, 1 + interfaceSteps(parent, ancestor));
            }
        }
        return best;
    }

    private static List<Class<?>> parents(Class<?> type) {
        List<Class<?>> parents = new ArrayList<>(List.of(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            parents.add(type.getSuperclass());
        }
        return parents;
    }

    private static List<String> ambiguities(List<ConflictHandlerMethod> methods) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            for (int j = i + 1; j < methods.size(); j++) {
                if (methods.get(i).ours() == methods.get(j).ours()
                        && methods.get(i).theirs() == methods.get(j).theirs()) {
                    found.add("%s and %s take the same events; keep one of them"
                            .formatted(methods.get(i), methods.get(j)));
                }
            }
        }
        return found;
    }
}
