package dev.coherence.axon.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the class of an event that fires triggers: for each {@linkplain Fires trigger} that it names, an effect is appended in
 * the same transaction. By itself it touches no path of its aggregate.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EffectEvent {
    /** Why the triggers are fired; not blank. */
    String reason();
}
