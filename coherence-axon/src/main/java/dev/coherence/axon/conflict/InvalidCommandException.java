package dev.coherence.axon.conflict;

import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.common.AxonNonTransientException;

/**
 * A command that says something impossible about what its sender had read: a revision that cannot be read or is ahead of
 * the aggregate, one version for several aggregates, resolved numbers of events that do not exist. Nothing was stored, and
 * trying again is of no use.
 *
 * <p>The report is also the {@linkplain org.axonframework.messaging.HandlerExecutionException#resolveDetails details} of
 * the cause, so that a caller behind a remote command bus gets it with a {@link CommandExecutionException}; {@link
 * InvalidCommandReport#from} finds it in either.
 */
public final class InvalidCommandException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    private final InvalidCommandReport report;

    /**
     * @param place where the input stands, such as {@code ReviseBook.base}
     * @param problem the rule that is broken and the way out; without a trailing full stop
     */
    public InvalidCommandException(String place, String problem) {
        this(new InvalidCommandReport(place, problem));
    }

    private InvalidCommandException(InvalidCommandReport report) {
        super(report.toString(), new CommandExecutionException(report.toString(), null, report));
        this.report = report;
    }

    /** Returns place and problem. */
    public InvalidCommandReport report() {
        return report;
    }

    /** Where the input stands. */
    public String place() {
        return report.place();
    }

    /** The rule that is broken and the way out. */
    public String problem() {
        return report.problem();
    }
}
