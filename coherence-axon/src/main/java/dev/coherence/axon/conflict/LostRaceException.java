package dev.coherence.axon.conflict;

import java.util.List;
import org.axonframework.messaging.RemoteHandlingException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else changed the same aggregate, or fired a trigger that it is linked to, at the same moment and won. Nothing was
 * stored. Transient: the same command may be sent again at once, as Axon's retry scheduler does; it then meets the change
 * as one that its sender has not seen.
 */
public final class LostRaceException extends ConcurrencyException {

    private static final long serialVersionUID = 1L;

    private static final List<String> NAMES =
            List.of(LostRaceException.class.getName(), ConcurrencyException.class.getName());

    /** Creates the exception for what was noticed before the append. */
    public LostRaceException(String message) {
        super(message);
    }

    /** Creates the exception for what the database said. */
    public LostRaceException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether a lost race made a command fail, be it noticed by coherence or by Axon's storage engine, here or at a remote
     * handler. Of that, Axon hands on a description, which begins with the name of the exception; Axon Server's command bus
     * hands on messages only, so that it is not known there.
     *
     * @param failure what a command gateway threw
     */
    public static boolean isCauseOf(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConcurrencyException
                    || (cause instanceof RemoteHandlingException remote && isDescribedBy(remote))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDescribedBy(RemoteHandlingException remote) {
        return remote.getExceptionDescriptions().stream()
                .anyMatch(description -> NAMES.stream().anyMatch(name -> description.startsWith(name + ":")));
    }
}
