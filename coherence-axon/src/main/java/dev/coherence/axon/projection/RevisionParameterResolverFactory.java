package dev.coherence.axon.projection;

import dev.coherence.revision.Revision;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives event handlers the {@link Revision} that they have seen of the aggregate, this event included. Found by Axon on the
 * class path. Thread-safe.
 */
public final class RevisionParameterResolverFactory implements ParameterResolverFactory, ParameterResolver<Revision> {

    /** A first parameter is the payload, also one that is a revision. */
    @Override
    public @Nullable ParameterResolver<?> createInstance(
            Executable executable, Parameter[] parameters, int parameterIndex) {
        return parameterIndex > 0 && parameters[parameterIndex].getType() == Revision.class ? this : null;
    }

    @Override
    public Revision resolveParameterValue(Message<?> message) {
        return SeenRevisions.current((EventMessage<?>) message);
    }

    @Override
    public boolean matches(Message<?> message) {
        return message instanceof EventMessage;
    }
}
