package dev.coherence.axon.annotation;

import dev.coherence.axon.replay.AggregateReset;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.replay.ResetContext;
import org.axonframework.messaging.annotation.MessageHandler;

/**
 * Marks the method of a projection that forgets what it holds of one aggregate, before the events of this aggregate are
 * replayed. Its first parameter is an {@link AggregateReset}; others are resolved as for event handlers. It runs in the
 * transaction of the replay, and if it throws, the replay of this aggregate fails like one in which an event handler
 * throws.
 *
 * <p>Axon's {@link ResetHandler} is another thing: it forgets everything, before all events are handled again.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@MessageHandler(messageType = ResetContext.class, payloadType = AggregateReset.class)
public @interface AggregateResetHandler {}
