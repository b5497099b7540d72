package dev.coherence.axon.guard.race;

import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.axon.guard.race.Attempt.Outcome;
import dev.coherence.axon.guard.race.Attempt.Part;
import dev.coherence.axon.guard.race.Attempt.Reported;
import dev.coherence.axon.guard.race.Attempt.Way;
import dev.coherence.conflict.Dispute;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import dev.coherence.value.Value;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** Sends one command at a time, and tells what came of it. */
final class Sender {

    private final RaceApplication application;
    private final Consumer<Attempt> attempts;

    Sender(RaceApplication application, Consumer<Attempt> attempts) {
        this.application = application;
        this.attempts = attempts;
    }

    Attempt change(Way way, List<Part> parts) {
        CommandMessage<?> command = switch (way) {
            case TOGETHER -> Commands.changeTogether(parts);
            case NESTED -> Commands.sendOn(parts);
            case SEPARATE -> Commands.sendOnWithBases(parts);
            default -> Commands.change(parts.get(0), true);
        };
        return send(way, parts, command);
    }

    void publish(String key) {
        send(Way.PUBLISH, List.of(), Commands.loseKey(key));
    }

    private Attempt send(Way way, List<Part> parts, CommandMessage<?> command) {
        String before = application.index.head().toString();
        Outcome outcome = Outcome.ACCEPTED;
        String problem = null;
        List<Reported> conflicts = List.of();
        try {
            application.axon.commandGateway().sendAndWait(command);
        } catch (ConflictException e) {
            outcome = Outcome.CONFLICT;
            conflicts = e.report().conflicts().stream().map(Sender::reported).toList();
        } catch (InvalidCommandException e) {
            outcome = Outcome.INVALID;
            problem = e.getMessage();
        } catch (ConcurrencyException | AggregateStreamCreationException e) {
            outcome = Outcome.LOST;
            problem = e.getMessage();
        } catch (RuntimeException e) {
            outcome = Outcome.FAILED;
            problem = trace(e);
        }
        long after = application.index.lastNumber();
        return tell(new Attempt(command.getIdentifier(), way, parts, null, before, after, outcome, problem, conflicts));
    }

    private Attempt tell(Attempt attempt) {
        attempts.accept(attempt);
        return attempt;
    }

    private static String trace(RuntimeException failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    private static Reported reported(ReportedConflict conflict) {
        Map<String, List<@Nullable String>> disputes = new TreeMap<>();
        for (Dispute dispute : conflict.disputes()) {
            disputes.put(
                    dispute.path().toString(),
                    Arrays.asList(json(dispute.base()), json(dispute.ours()), json(dispute.theirs())));
        }
        return new Reported(
                conflict.aggregate().toString(),
                conflict.ours().map(ours -> ours.version()).orElse(null),
                conflict.theirs().sequenceNumber(),
                disputes);
    }

    private static @Nullable String json(Optional<Value> value) {
        return value.map(Value::toJson).orElse(null);
    }

    void fire(String reason, Identity trigger) {
        String before = application.index.head().toString();
        RebaseResult result = application
                .coherence
                .rebase(Revision.at(0))
                .effect(effect -> effect.reason(reason).trigger(trigger))
                .execute();
        Outcome outcome = result.fold(
                accepted -> Outcome.ACCEPTED,
                conflicting -> Outcome.FAILED,
                invalid -> Outcome.FAILED,
                lost -> Outcome.LOST);
        long after = application.index.lastNumber();
        String problem = outcome == Outcome.ACCEPTED ? null : result.toString();
        tell(new Attempt(
                reason, Way.REBASE, List.of(), trigger.toString(), before, after, outcome, problem, List.of()));
    }
}
