package dev.coherence.axon.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of an event, or of a record in it, that is stored encrypted, with the key of the one whom it is about. When
 * that key has ended, there is something else in its place: {@link #replacedBy}, or the characters that {@link #keepLast} has kept,
 * or {@link #replacement}, or else null (zero or false for a primitive).
 *
 * <p>Null is stored as null. What was stored before the component was marked stays in clear, and can be read.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface Encrypted {

    /**
     * What the component is called for ever, whatever becomes of the names of class and component; such as {@code
     * "payment.card"}. It is bound to what is stored, which can be read as nothing else. Not empty; each once in an event.
     */
    String value();

    /**
     * The name of the component that holds the id of the key: one with {@link LinkedTo}, whose kind is that of the key. It is
     * looked for in the object itself, and then in the one that holds it, and so on. By default, the only one there with
     * {@link LinkedTo}.
     */
    String key() default "";

    /**
     * What is there instead when the key has ended: as the component would read it from a JSON string, so a text, a number, a
     * date. Empty for null.
     */
    String replacement() default "";

    /**
     * Of a text: how many characters at its end stay readable for everybody, for ever, after {@link #replacement}. They are stored
     * in clear. Not of a text that is less than twice as long. Zero or more.
     */
    int keepLast() default 0;

    /** Says what is there instead, if it takes more than a constant. Made once, by its constructor without parameters. */
    Class<? extends Replacement> replacedBy() default Replacement.None.class;
}
