package dev.coherence.spring.boot.web;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Decides {@link ConditionalOnUnansweredException}. Looks at the classes of advices only; none is made for it. */
final class OnUnansweredExceptionCondition extends SpringBootCondition implements ConfigurationCondition {

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Class<?> exception = metadata.getAnnotations()
                .get(ConditionalOnUnansweredException.class)
                .getClass("value");
        ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnUnansweredException.class);
        return withAncestors(requireNonNull(context.getBeanFactory()))
                .flatMap(beans -> advicesFor(exception, beans))
                .findFirst()
                .map(name -> ConditionOutcome.noMatch(
                        message.found("advice for " + exception.getSimpleName()).items(name)))
                .orElseGet(() -> ConditionOutcome.match(message.didNotFind("advice for " + exception.getSimpleName())
                        .atAll()));
    }

    /** Spring asks the advices of parents, too. */
    private static Stream<ListableBeanFactory> withAncestors(BeanFactory beans) {
        return Stream.iterate(
                        beans,
                        (@Nullable BeanFactory some) -> some != null,
                        some -> some instanceof HierarchicalBeanFactory child ? child.getParentBeanFactory() : null)
                .filter(ListableBeanFactory.class::isInstance)
                .map(ListableBeanFactory.class::cast);
    }

    private static Stream<String> advicesFor(Class<?> exception, ListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanDefinitionNames())
                .filter(name -> beans.findAnnotationOnBean(name, ControllerAdvice.class, false) != null)
                .filter(name -> answers(beans.getType(name, false), exception));
    }

    private static boolean answers(@Nullable Class<?> advice, Class<?> exception) {
        return advice != null
                && handlers(advice).stream()
                        .flatMap(OnUnansweredExceptionCondition::handled)
                        .anyMatch(type ->
                                type.isAssignableFrom(exception) && !type.isAssignableFrom(RuntimeException.class));
    }

    private static Set<Method> handlers(Class<?> advice) {
        return MethodIntrospector.selectMethods(
                advice, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, ExceptionHandler.class));
    }

    /** As in Spring: what the annotation names, else the exceptions among the parameters. */
    private static Stream<Class<?>> handled(Method handler) {
        Class<?>[] named = requireNonNull(AnnotatedElementUtils.findMergedAnnotation(handler, ExceptionHandler.class))
                .value();
        return named.length > 0
                ? Arrays.stream(named)
                : Arrays.stream(handler.getParameterTypes()).filter(Throwable.class::isAssignableFrom);
    }
}
