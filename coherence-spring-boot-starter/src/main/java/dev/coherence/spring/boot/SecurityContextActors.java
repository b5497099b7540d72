package dev.coherence.spring.boot;

import dev.coherence.action.Identity;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.value.InvalidInputException;
import java.util.Optional;
import org.axonframework.commandhandling.CommandMessage;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The user who is logged in on the thread that sends a command: an actor of kind {@value #KIND}. Nobody, if the name
 * is too long for an identity. Thread-safe.
 */
final class SecurityContextActors implements ActorProvider {

    private static final String KIND = "user";

    @Override
    public Optional<Identity> actor(CommandMessage<?> command) {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(user -> user.isAuthenticated() && !(user instanceof AnonymousAuthenticationToken))
                .map(Authentication::getName)
                .filter(name -> !name.isEmpty())
                .flatMap(SecurityContextActors::identity);
    }

    /** A name that is too long for an identity must not keep its user from sending commands. */
    private static Optional<Identity> identity(String name) {
        try {
            return Optional.of(Identity.of(KIND, name));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }
}
