package dev.coherence.axon.conflict;

import java.util.Optional;
import org.axonframework.messaging.HandlerExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What Axon hands on with a failure beside its message, also to the sender of a command behind a remote command bus, who
 * does not get the exception itself.
 */
final class FailureDetails {

    private FailureDetails() {}

    /** The outermost details of the type, wherever in the chain of causes; applications may have wrapped them. */
    static <T> Optional<T> find(@Nullable Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HandlerExecutionException handling) {
                Optional<T> found =
                        handling.<Object>getDetails().filter(type::isInstance).map(type::cast);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
