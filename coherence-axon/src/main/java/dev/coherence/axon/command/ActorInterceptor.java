package dev.coherence.axon.command;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.event.CoherenceMetaData;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;

/**
 * Writes into the metadata of a command who sends it, unless it says so itself. To be registered where commands are sent,
 * since the handler may run in another thread or process. Thread-safe.
 */
public final class ActorInterceptor implements MessageDispatchInterceptor<CommandMessage<?>> {

    private final ActorProvider provider;

    /** Creates an interceptor that asks the provider. */
    public ActorInterceptor(ActorProvider provider) {
        this.provider = requireNonNull(provider, "provider");
    }

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> messages) {
        return (i, command) -> command.getMetaData().containsKey(CoherenceMetaData.ACTOR)
                ? command
                : provider.actor(command)
                        .<CommandMessage<?>>map(
                                actor -> command.andMetaData(Map.of(CoherenceMetaData.ACTOR, actor.toString())))
                        .orElse(command);
    }
}
