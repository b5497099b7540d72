package dev.coherence.spring.boot.web;

import dev.coherence.revision.Revision;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;

/** Parameters of controller methods that are taken from conditional headers, in either web framework. */
final class PreconditionParameter {

    private static final String BINDING = "org.springframework.web.bind.annotation";

    private PreconditionParameter() {}

    /**
     * Whether it is a {@link Revision} or {@link Precondition}, or an {@link Optional} of one, and no annotation says
     * that it comes from elsewhere.
     */
    static boolean isOne(MethodParameter parameter) {
        Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
        return (type == Revision.class || type == Precondition.class) && !isBoundElsewhere(parameter);
    }

    /**
     * The argument; null only for a parameter that is marked as {@code Nullable}.
     *
     * @throws PreconditionException if the headers do not say what the parameter demands
     */
    static @Nullable Object argument(MethodParameter parameter, ConditionalHeaders headers) {
        boolean isRevision = parameter.nestedIfOptional().getNestedParameterType() == Revision.class;
        if (!isOptional(parameter)) {
            return isRevision ? headers.requiredRevision() : headers.requiredPrecondition();
        }
        Optional<?> argument = isRevision ? headers.revision() : headers.precondition();
        return parameter.getParameterType() == Optional.class ? argument : argument.orElse(null);
    }

    private static boolean isBoundElsewhere(MethodParameter parameter) {
        return MergedAnnotations.from(parameter.getParameterAnnotations()).stream()
                .anyMatch(annotation -> annotation.getType().getPackageName().startsWith(BINDING));
    }

    /** Spring 6 does not see annotations on the type, where JSpecify has its own. */
    private static boolean isOptional(MethodParameter parameter) {
        return parameter.isOptional()
                || Arrays.stream(parameter.getParameter().getAnnotatedType().getAnnotations())
                        .anyMatch(annotation ->
                                annotation.annotationType().getSimpleName().equals("Nullable"));
    }
}
