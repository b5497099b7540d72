package dev.coherence.axon.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the class of an event that changes its aggregate at certain paths only. Each component (record component, or field that
 * is neither static nor transient) is a key of the event's patch, and its value is associated with it; a null component is
 * not in the patch. No keys are the aggregate's identifier, what is {@link LinkedTo linked} or {@link Fires fired}, and what
 * is {@link NotPatched left out}. The components of a nested record are keys below its own.
 *
 * <p>A class that has no key, link or left-out component at all, such as one that says that the aggregate was deleted, touches
 * every path; and so does an event without this annotation, unless it {@linkplain dev.coherence.axon.event.Patching says itself} what
 * it changes.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ActionEvent {
    /** Why the aggregate is changed; not blank. */
    String reason();
}
