package dev.coherence.axon.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class with event handlers whose processing group takes part in replays: when an effect fires a trigger, all events
 * of each aggregate that is linked to it are handled again, one aggregate after the other, while live events go on.
 *
 * <p>The group needs a streaming processor, tracking or pooled. If one class of a group is marked, the whole group takes
 * part; each of its classes has an {@link AggregateResetHandler}, or says that it needs none.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ReplayOnEffect {

    /**
     * Whether the class can do without an {@link AggregateResetHandler}, because handling all events of an aggregate again
     * leaves it as it should be: each handler overwrites what it wrote before, and none adds to it.
     */
    boolean withoutReset() default false;
}
