package dev.coherence.axon.annotation;

import dev.coherence.conflict.ConflictPolicy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says on an aggregate or on a command which unseen events are conflicts. A command goes before its aggregate, and metadata
 * of a command, under {@code coherence-policy}, goes before both. Without any of them the configuration decides.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OnConflict {
    /** What counts as a conflict. */
    ConflictPolicy value();
}
