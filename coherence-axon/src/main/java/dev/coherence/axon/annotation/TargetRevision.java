package dev.coherence.axon.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what the sender of a command had read of the aggregate: a {@link dev.coherence.revision.Revision}, its text, or a
 * {@code long} that is a version. Null means that the command has no revision; it is then handled as Axon would by itself.
 *
 * <p>Stands once in a command, on a field, a record component or a method without parameters. Commands that cannot be
 * annotated say it in metadata, under {@code coherence-base}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface TargetRevision {}
