package dev.coherence.axon.guard;

import dev.coherence.axon.conflict.Resolution;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.ReflectionUtils;

/** A method of an aggregate that decides about a conflict. Immutable. */
final class ConflictHandlerMethod {

    private final Method method;

    ConflictHandlerMethod(Method method) {
        this.method = ReflectionUtils.ensureAccessible(method);
    }

    static List<String> mistakes(Method method) {
        List<String> mistakes = new ArrayList<>();
        if (method.getReturnType() != Resolution.class) {
            mistakes.add("%s: a @ConflictHandler must return %s, but returns %s"
                    .formatted(
                            name(method),
                            Resolution.class.getName(),
                            method.getReturnType().getTypeName()));
        }
        if (method.getParameterCount() != 2) {
            mistakes.add("%s: a @ConflictHandler has two parameters, our event and theirs, but this has %d"
                    .formatted(name(method), method.getParameterCount()));
        } else if (ConflictHandlers.isEffect(method.getParameterTypes()[0])) {
            mistakes.add(
                    "%s: the first parameter of a @ConflictHandler is our event, never an Effect; only the second may be one"
                            .formatted(name(method)));
        }
        return mistakes;
    }

    Class<?> ours() {
        return method.getParameterTypes()[0];
    }

    Class<?> theirs() {
        return method.getParameterTypes()[1];
    }

    boolean takes(Class<?> ourPayload, Class<?> theirPayload) {
        return ours().isAssignableFrom(ourPayload) && theirs().isAssignableFrom(theirPayload);
    }

    Resolution call(Object aggregate, Object ourPayload, Object theirPayload) {
        try {
            Object resolution = method.invoke(aggregate, ourPayload, theirPayload);
            if (resolution == null) {
                throw new IllegalStateException(
                        this + " returned null; return Resolution.reject() to let a conflict stand");
            }
            return (Resolution) resolution;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(this + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(this + " cannot be called: open its package to coherence", e);
        }
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    @Override
    public String toString() {
        return "%s(%s, %s)".formatted(name(method), ours().getSimpleName(), theirs().getSimpleName());
    }
}
