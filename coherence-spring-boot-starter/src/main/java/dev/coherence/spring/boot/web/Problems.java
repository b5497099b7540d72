package dev.coherence.spring.boot.web;

import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

/** Tells which failures of a request are problems of its sender, wherever they stand in the chain of causes. */
final class Problems {

    /** Of what answers them: after the advices of an application that have an order, before those that have none. */
    static final int ADVICE_ORDER = Ordered.LOWEST_PRECEDENCE - 1000;

    private static final Revision NOTHING_SEEN = Revision.at(0);

    /** Axon's exception does not tell a duplicate from a deadlock between two who create the same. */
    private static final String EXISTS =
            "It exists already, or someone else is creating it right now; nothing was stored."
                    + " Read it; if it is there, send a change with its ETag in If-Match, else send this request again.";

    private Problems() {}

    /** The problem; nothing for all other failures, which are left to whoever knows them. */
    static Optional<Problem> of(Throwable failure, ConditionalHeaders headers) {
        return first(failure, PreconditionException.class)
                .map(PreconditionException::problem)
                .or(() -> report(failure).map(report -> conflicting(report, headers)))
                .or(() -> first(failure, InvalidCommandException.class).map(Problems::invalidCommand))
                .or(() -> lostRace(failure, headers));
    }

    /** Of a conflict here, or of one that a remote handler reported. */
    private static Optional<ConflictReport> report(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> ConflictReport.from(cause).stream())
                .findFirst();
    }

    private static Problem conflicting(ConflictReport report, ConditionalHeaders headers) {
        if (headers.demandAbsence() && report.base().equals(NOTHING_SEEN)) {
            return exists();
        }
        return new Problem(
                ProblemType.CONFLICTING,
                "Something changed that the base has not seen; nothing was stored. Look at \"theirs\" of each conflict, then"
                        + " send the request again, based on what you read anew, or with the numbers in \"unresolved\" as"
                        + " resolved if it can carry them.",
                ReportJson.members(report));
    }

    private static Problem invalidCommand(InvalidCommandException invalid) {
        return new Problem(
                ProblemType.INVALID_COMMAND,
                invalid.place() + ": " + invalid.problem() + ".",
                Map.of("errors", List.of(error(invalid))));
    }

    private static Map<String, Object> error(InvalidCommandException invalid) {
        return Map.of("place", invalid.place(), "problem", invalid.problem());
    }

    private static Optional<Problem> lostRace(Throwable failure, ConditionalHeaders headers) {
        boolean isThere = first(failure, AggregateStreamCreationException.class).isPresent();
        if (isThere && headers.demandAbsence()) {
            return Optional.of(exists());
        }
        if (first(failure, ConcurrencyException.class).isPresent()
                || first(failure, ConcurrentAppendException.class).isPresent()) {
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

    private static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, (@Nullable Throwable cause) -> cause != null, Throwable::getCause);
    }
}
