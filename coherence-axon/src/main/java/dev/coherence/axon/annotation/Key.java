package dev.coherence.axon.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a component of an {@link ActionEvent} another key than its own name, or a path of several: {@code @Key("address.city")}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface Key {
    /** The path, below that of the enclosing record, as {@link dev.coherence.action.Path#parse} reads it. */
    String value();
}
