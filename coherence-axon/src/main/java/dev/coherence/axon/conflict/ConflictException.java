package dev.coherence.axon.conflict;

import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.common.AxonNonTransientException;

/**
 * A command was refused, because its aggregate was changed since its sender had read it. Nothing was stored. Trying again
 * is of no use until the conflicts are resolved, hence not transient.
 *
 * <p>The report is also the {@linkplain org.axonframework.messaging.HandlerExecutionException#resolveDetails details} of
 * the cause, so that a caller behind a remote command bus gets it with a {@link CommandExecutionException}; {@link
 * ConflictReport#from} finds it in either.
 */
public final class ConflictException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    private final ConflictReport report;

    /** Creates the exception for a report with at least one conflict. */
    public ConflictException(ConflictReport report) {
        super(report.summary(), new CommandExecutionException(report.summary(), null, report));
        this.report = report;
    }

    /** Returns what is in conflict with what. */
    public ConflictReport report() {
        return report;
    }
}
