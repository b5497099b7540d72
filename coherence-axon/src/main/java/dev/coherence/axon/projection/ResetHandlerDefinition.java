package dev.coherence.axon.projection;

import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.replay.AggregateReset;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;

/**
 * Keeps Axon's reset handlers, which forget everything, from being called when one aggregate is reset: to Axon, both are
 * resets, with a context or without. Found by Axon on the class path.
 */
public final class ResetHandlerDefinition implements HandlerEnhancerDefinition {

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        if (isMarked(original, AggregateResetHandler.class)) {
            return new OfAggregate<>(original);
        }
        return isMarked(original, ResetHandler.class) ? new OfEverything<>(original) : original;
    }

    private static boolean isMarked(MessageHandlingMember<?> handler, Class<? extends Annotation> annotation) {
        return handler.unwrap(Executable.class)
                .filter(method -> AnnotationUtils.isAnnotationPresent(method, annotation))
                .isPresent();
    }

    private static boolean isOfAggregate(Message<?> message) {
        return message.getPayload() instanceof AggregateReset;
    }

    private static final class OfAggregate<T> extends WrappedMessageHandlingMember<T> {

        OfAggregate(MessageHandlingMember<T> delegate) {
            super(delegate);
        }

        @Override
        public boolean canHandle(Message<?> message) {
            return isOfAggregate(message) && super.canHandle(message);
        }
    }

    /** Of {@link ResetHandler}. */
    private static final class OfEverything<T> extends WrappedMessageHandlingMember<T> {

        OfEverything(MessageHandlingMember<T> delegate) {
            super(delegate);
        }

        @Override
        public boolean canHandle(Message<?> message) {
            return !isOfAggregate(message) && super.canHandle(message);
        }
    }
}
