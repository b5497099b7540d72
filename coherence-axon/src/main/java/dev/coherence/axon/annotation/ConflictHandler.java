package dev.coherence.axon.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an aggregate that decides about a conflict. Its first parameter is our event, its second theirs: an event
 * of the aggregate, or an {@link dev.coherence.action.Effect}. It returns a {@code dev.coherence.axon.conflict.Resolution}.
 *
 * <p>Of several methods that fit, the one with the most specific type of ours is called, and among these the one with the most
 * specific type of theirs. Where none fits, the conflict stands. The method sees the aggregate as it is after our event; it
 * must not apply events itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ConflictHandler {}
