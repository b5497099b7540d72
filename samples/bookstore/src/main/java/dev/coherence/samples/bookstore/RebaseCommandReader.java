package dev.coherence.samples.bookstore;

import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.revision.Revision;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST /api/rebase}. */
final class RebaseCommandReader {

    private static final String BASE = "must be a revision such as \"@12\", or a whole number";

    private RebaseCommandReader() {}

    /** Reads all of it, and refuses it with everything that is wrong with it. */
    static RebaseCommand read(JsonNode json) {
        Findings findings = new Findings();
        Optional<RebaseCommand> command = RequestPart.whole(json, findings)
                .object(List.of("base", "history", "resolved", "dryRun"), RebaseCommandReader::command);
        findings.refuseIfAny();
        return command.orElseThrow();
    }

    private static Supplier<RebaseCommand> command(RequestPart body) {
        Optional<Revision> base = base(body.field("base"));
        List<RebaseCommand.Entry> history = history(body.field("history"));
        Set<Long> resolved = resolved(body.field("resolved"));
        boolean dryRun = optional(body.field("dryRun"), RequestPart::flag).orElse(false);
        return () -> new RebaseCommand(base.orElseThrow(), history, resolved, dryRun);
    }

    private static Optional<Revision> base(RequestPart part) {
        Findings findings = part.findings();
        if (part.isText()) {
            return part.text().flatMap(text -> findings.attemptText(part.place(), () -> Revision.parse(text)));
        }
        if (part.isNumber()) {
            return part.wholeNumber().flatMap(n -> findings.attemptText(part.place(), () -> Revision.at(n)));
        }
        part.isWrong(part.isPresent() ? BASE : BASE + ", but is missing");
        return Optional.empty();
    }

    private static List<RebaseCommand.Entry> history(RequestPart part) {
        int before = part.findings().count();
        List<RebaseCommand.Entry> history = part.items(RebaseCommandReader::entry);
        if (history.isEmpty() && part.findings().count() == before) {
            part.isWrong("must have at least one action or effect");
        }
        return history;
    }

    private static Set<Long> resolved(RequestPart part) {
        return part.isPresent() ? new TreeSet<>(part.items(RequestPart::wholeNumber)) : Set.of();
    }

    private static Optional<RebaseCommand.Entry> entry(RequestPart part) {
        boolean isEffect = part.field("effect").isPresent();
        if (isEffect && part.field("action").isPresent()) {
            part.isWrong("must be either an action or an effect, not both");
            return Optional.empty();
        }
        List<String> fields = isEffect
                ? List.of("effect", "timestamp", "source")
                : List.of("action", "triggers", "timestamp", "source");
        return part.object(fields, entry -> {
            Optional<? extends Change> change =
                    isEffect ? effect(entry.field("effect")) : action(entry.field("action"), entry.field("triggers"));
            Optional<Instant> timestamp = optional(entry.field("timestamp"), RebaseCommandReader::instant);
            Optional<String> source = optional(entry.field("source"), RequestPart::text);
            return () -> new RebaseCommand.Entry(change.orElseThrow(), timestamp, source);
        });
    }

    private static Optional<Effect> effect(RequestPart part) {
        return part.object(List.of("reason", "trigger"), effect -> {
            Optional<String> reason = effect.field("reason").text();
            Optional<Identity> trigger = effect.field("trigger").identity();
            return () -> new Effect(reason.orElseThrow(), trigger.orElseThrow());
        });
    }

    private static Optional<Action> action(RequestPart part, RequestPart triggers) {
        List<Identity> linked = triggers.isPresent() ? triggers.items(RequestPart::identity) : List.of();
        return part.object(List.of("reason", "actor", "aggregate", "patch"), action -> {
            Optional<String> reason = action.field("reason").text();
            Optional<Identity> actor = action.field("actor").identity();
            Optional<Identity> aggregate = action.field("aggregate").identity();
            Optional<Patch> patch = PatchReader.read(action.field("patch"))
                    .flatMap(entries -> action.findings().attemptBelow(action.place(), entries::patch));
            return () -> new Action(
                    reason.orElseThrow(),
                    actor.orElseThrow(),
                    aggregate.orElseThrow(),
                    patch.orElseThrow(),
                    new TreeSet<>(linked));
        });
    }

    private static Optional<Instant> instant(RequestPart part) {
        return part.text().flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeParseException e) {
                part.isWrong("must be a point in time such as 2026-01-01T00:00:00Z");
                return Optional.empty();
            }
        });
    }

    private static <T> Optional<T> optional(RequestPart part, Function<RequestPart, Optional<T>> read) {
        return part.isPresent() ? read.apply(part) : Optional.empty();
    }
}
