package dev.coherence.axon.conflict;

import dev.coherence.value.InvalidInputException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.common.AxonNonTransientException;

/**
 * A command that says something impossible about what its sender had read: a revision that cannot be read or is ahead of
 * the aggregate, one version for several aggregates, resolved numbers of events that do not exist. Nothing was stored, and
 * trying again is of no use. Over remote command buses the message arrives as text in the details of a {@link
 * CommandExecutionException}.
 */
public final class InvalidCommandException extends AxonNonTransientException {

    private static final long serialVersionUID = 1L;

    private final String place;
    private final String problem;

    /**
     * @param place where the input stands, such as {@code ReviseBook.base}
     * @param problem the rule that is broken and the way out; without a trailing full stop
     */
    public InvalidCommandException(String place, String problem) {
        super(
                place + ": " + problem,
                new CommandExecutionException(place + ": " + problem, null, place + ": " + problem));
        this.place = place;
        this.problem = problem;
    }

    /** Returns the same problem as an exception that Axon does not retry. */
    public static InvalidCommandException of(InvalidInputException problem) {
        return new InvalidCommandException(problem.place(), problem.problem());
    }

    /** Where the input stands. */
    public String place() {
        return place;
    }

    /** The rule that is broken and the way out. */
    public String problem() {
        return problem;
    }
}
