package dev.coherence.axon.processor;

import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.projection.HandlingGroup;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.eventhandling.AllowReplay;
import org.axonframework.eventhandling.EventMessageHandler;

/**
 * A class with handlers of a group that takes part in replays.
 *
 * @param needsNoReset whether it may be without a reset handler
 */
record ReplayedClass(Class<?> type, List<Method> methods, boolean needsNoReset) {

    static ReplayedClass of(EventMessageHandler handler, boolean needsNoReset) {
        Class<?> type = handler.getTargetType();
        List<Method> methods = StreamSupport.stream(
                        ReflectionUtils.methodsOf(type).spliterator(), false)
                .filter(method -> !method.isBridge() && !method.isSynthetic())
                .toList();
        return new ReplayedClass(type, withoutOverridden(methods), needsNoReset);
    }

    /** Those of subclasses come first. */
    private static List<Method> withoutOverridden(List<Method> methods) {
        List<Method> last = new ArrayList<>();
        for (Method method : methods) {
            if (last.stream().noneMatch(known -> overrides(known, method))) {
                last.add(method);
            }
        }
        return last;
    }

    private static boolean overrides(Method overriding, Method overridden) {
        return !Modifier.isPrivate(overridden.getModifiers())
                && overriding.getName().equals(overridden.getName())
                && Arrays.equals(overriding.getParameterTypes(), overridden.getParameterTypes());
    }

    List<String> problems(HandlingGroup group) {
        List<String> problems = new ArrayList<>();
        long resets = methods.stream()
                .filter(method -> AnnotationUtils.isAnnotationPresent(method, AggregateResetHandler.class))
                .count();
        if (resets == 0 && !needsNoReset) {
            problems.add(
                    "%s belongs to the processing group %s, which takes part in replays, and has no method with @%s that forgets one aggregate; add one, or say @%s(withoutReset = true) if its handlers only overwrite"
                            .formatted(
                                    type.getName(),
                                    group.name(),
                                    AggregateResetHandler.class.getSimpleName(),
                                    ReplayOnEffect.class.getSimpleName()));
        }
        if (resets > 1) {
            problems.add("%s has %d methods with @%s, only one of which would be called; leave one of them"
                    .formatted(type.getName(), resets, AggregateResetHandler.class.getSimpleName()));
        }
        if (group.deadLetters().isPresent() && hasHandlersWithoutReplay()) {
            problems.add(
                    "The processing group %s has a dead-letter queue, and %s has handlers with @DisallowReplay: a replay takes the parked events of an aggregate out of the queue, and these handlers would never see them; let the group do without one of the two"
                            .formatted(group.name(), type.getName()));
        }
        return problems;
    }

    private boolean hasHandlersWithoutReplay() {
        return disallowsReplay(type) || methods.stream().anyMatch(ReplayedClass::disallowsReplay);
    }

    private static boolean disallowsReplay(AnnotatedElement element) {
        return AnnotationUtils.findAnnotationAttributes(element, AllowReplay.class)
                .filter(attributes -> Boolean.FALSE.equals(attributes.get("allowReplay")))
                .isPresent();
    }
}
