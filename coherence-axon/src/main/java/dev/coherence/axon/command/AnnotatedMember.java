package dev.coherence.axon.command;

import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.axonframework.common.ReflectionUtils;
import org.jspecify.annotations.Nullable;

/** A field of a command class, or a method without parameters, that an annotation marks. Immutable. */
final class AnnotatedMember {

    private final Member member;

    private AnnotatedMember(Member member) {
        this.member = member;
        ReflectionUtils.ensureAccessible((AccessibleObject) member);
    }

    /**
     * All members of the class that have the annotation. A field and its accessor, as a record component has them, count
     * once.
     */
    static List<AnnotatedMember> of(Class<?> type, Class<? extends Annotation> annotation) {
        Map<String, AnnotatedMember> byProperty = new LinkedHashMap<>();
        for (Field field : ReflectionUtils.fieldsOf(type)) {
            if (field.isAnnotationPresent(annotation)) {
                byProperty.putIfAbsent(field.getName(), new AnnotatedMember(field));
            }
        }
        for (Method method : ReflectionUtils.methodsOf(type)) {
            if (method.isAnnotationPresent(annotation) && !method.isBridge()) {
                byProperty.putIfAbsent(property(method), new AnnotatedMember(method));
            }
        }
        return new ArrayList<>(byProperty.values());
    }

    private static String property(Method method) {
        String name = method.getName();
        boolean isGetter = name.length() > 3 && name.startsWith("get");
        return isGetter ? name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4) : name;
    }

    /** The member as an error names it: {@code ReviseBook.base}. */
    String place() {
        return member.getDeclaringClass().getSimpleName() + "." + member.getName();
    }

    Class<?> type() {
        return member instanceof Field field ? field.getType() : ((Method) member).getReturnType();
    }

    boolean hasParameters() {
        return member instanceof Method method && method.getParameterCount() > 0;
    }

    @Nullable
    Object read(Object command) {
        try {
            return member instanceof Field field ? field.get(command) : ((Method) member).invoke(command);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(place() + " failed: " + e.getCause(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(place() + " cannot be read: open its package to coherence", e);
        }
    }
}
