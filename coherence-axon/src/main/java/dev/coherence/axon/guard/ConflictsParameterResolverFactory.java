package dev.coherence.axon.guard;

import dev.coherence.axon.conflict.Conflicts;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.jspecify.annotations.Nullable;

/** Gives command handlers their {@link Conflicts} parameter. Found by Axon on the class path. Thread-safe. */
public final class ConflictsParameterResolverFactory implements ParameterResolverFactory, ParameterResolver<Conflicts> {

    @Override
    public @Nullable ParameterResolver<?> createInstance(
            Executable executable, Parameter[] parameters, int parameterIndex) {
        return parameters[parameterIndex].getType() == Conflicts.class ? this : null;
    }

    @Override
    public Conflicts resolveParameterValue(Message<?> message) {
        return CommandScope.current().<Conflicts>map(ConflictsOfCommand::new).orElse(NoConflicts.INSTANCE);
    }

    @Override
    public boolean matches(Message<?> message) {
        return message instanceof CommandMessage;
    }
}
