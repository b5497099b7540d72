package dev.coherence.axon.command;

import dev.coherence.action.Identity;
import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;

/**
 * Says who sends a command, where the command is sent: from a security context, say. Implementations are thread-safe.
 *
 * <p>Asked only for commands whose metadata names no actor. Without an answer, the events have none, and count as acts of the
 * system.
 */
@FunctionalInterface
public interface ActorProvider {

    /** Returns who sends the command; empty if that is unknown. */
    Optional<Identity> actor(CommandMessage<?> command);

    /** Knows nobody: actors come from metadata only. */
    static ActorProvider none() {
        return command -> Optional.empty();
    }
}
