package dev.coherence.axon.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the sequence numbers of events that the sender of a command has not read with the aggregate, but knows of and accepts:
 * a collection of numbers, or a {@code long[]}. They are not conflicts. Null and empty mean none.
 *
 * <p>Stands at most once in a command, on a field, a record component or a method without parameters. Commands that cannot
 * be annotated say it in metadata, under {@code coherence-resolved}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface ResolvedConflicts {}
