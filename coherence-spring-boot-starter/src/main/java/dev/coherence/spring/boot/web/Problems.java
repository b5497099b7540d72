package dev.coherence.spring.boot.web;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.InvalidCommandReport;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.springframework.core.Ordered;

/**
 * Tells which failures of a request are problems of its sender that coherence answers, wherever they stand in the chain of
 * causes, here or at a remote handler.
 */
public final class Problems {

    /** Of what answers them: after the advices of an application that have an order, before those that have none. */
    static final int ADVICE_ORDER = Ordered.LOWEST_PRECEDENCE - 1000;

    private static final Revision NOTHING_SEEN = Revision.at(0);
    private static final ConditionalHeaders UNCONDITIONAL = new ConditionalHeaders(Optional.empty(), Optional.empty());

    /** Axon's exception does not tell a duplicate from a deadlock between two who create the same. */
    private static final String EXISTS =
            "It exists already, or someone else is creating it right now; nothing was stored."
                    + " Read it; if it is there, send a change with its ETag in If-Match, else send this request again.";

    private Problems() {}

    /**
     * Whether coherence answers the failure with a problem document, unless somebody else answers it before. An advice of
     * the application that answers every exception asks this, and throws the failure again if so.
     *
     * @param failure what a controller, or a command gateway, threw
     */
    public static boolean isOne(Throwable failure) {
        return of(requireNonNull(failure, "failure"), UNCONDITIONAL).isPresent();
    }

    /** The problem; nothing for all other failures, which are left to whoever knows them. */
    static Optional<Problem> of(Throwable failure, ConditionalHeaders headers) {
        Causes causes = new Causes(failure);
        return causes.first(PreconditionException.class)
                .map(PreconditionException::problem)
                .or(() -> ConflictReport.from(failure).map(report -> conflicting(report, headers)))
                .or(() -> InvalidCommandReport.from(failure).map(Problems::invalidCommand))
                .or(() -> lostRace(causes, headers));
    }

    private static Problem conflicting(ConflictReport report, ConditionalHeaders headers) {
        if (headers.demandAbsence() && report.base().equals(NOTHING_SEEN) && hasAction(report)) {
            return exists();
        }
        return new Problem(
                ProblemType.CONFLICTING,
                "Something changed that the base has not seen; nothing was stored. Look at \"theirs\" of each conflict, then"
                        + " send the request again, based on what you read anew, or with the numbers in \"unresolved\" as"
                        + " resolved if it can carry them.",
                ReportJson.members(report));
    }

    /** An effect may concern what nobody has created yet. */
    private static boolean hasAction(ConflictReport report) {
        return report.conflicts().stream()
                .anyMatch(conflict -> conflict.theirs().fold(action -> true, effect -> false));
    }

    private static Problem invalidCommand(InvalidCommandReport report) {
        return new Problem(
                ProblemType.INVALID_COMMAND,
                report.place() + ": " + report.problem() + ".",
                Map.of("errors", List.of(Map.of("place", report.place(), "problem", report.problem()))));
    }

    private static Optional<Problem> lostRace(Causes causes, ConditionalHeaders headers) {
        boolean isThere = causes.have(AggregateStreamCreationException.class);
        if (isThere && headers.demandAbsence()) {
            return Optional.of(exists());
        }
        if (LostRaceException.isCauseOf(causes.failure()) || causes.have(ConcurrentAppendException.class)) {
            return Optional.of(new Problem(
                    ProblemType.LOST_RACE,
                    "Someone else wrote at the same moment; nothing of this request was stored. Send it again.",
                    Map.of("retry", true)));
        }
        return isThere ? Optional.of(Problem.of(ProblemType.ALREADY_EXISTS, EXISTS)) : Optional.empty();
    }

    private static Problem exists() {
        return Problem.of(ProblemType.PRECONDITION_FAILED, "If-None-Match: * does not hold. " + EXISTS);
    }
}
