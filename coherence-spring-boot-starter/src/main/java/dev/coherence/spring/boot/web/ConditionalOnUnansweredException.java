package dev.coherence.spring.boot.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/**
 * Where no advice of the application answers an exception as such, by its class or a super class that only some exceptions
 * have. One that answers every {@code Exception}, or every {@code RuntimeException}, does not count.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnUnansweredExceptionCondition.class)
@interface ConditionalOnUnansweredException {

    /** An unchecked exception. */
    Class<? extends RuntimeException> value();
}
