package dev.coherence.axon.guard.race;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.coherence.axon.guard.race.Attempt.Outcome;
import dev.coherence.axon.guard.race.Findings.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Judges every attempt by the {@link Model}:
 *
 * <ol>
 *   <li>What is stored was accepted, and what was accepted is stored, once and as it was meant.
 *   <li>Accepted with a base: of the changes to its aggregates with lower numbers, the base sees each, or the sender listed
 *       it, or the policy merges it, or a handler settles it; and the event says so.
 *   <li>In conflict: there was a moment during the attempt at which exactly what was reported was in conflict.
 *   <li>Invalid: it said something that was not so when it was sent.
 * </ol>
 */
final class Judge {

    private Judge() {}

    static Findings judge(Model model, List<Attempt> attempts) {
        Findings findings = new Findings();
        Map<String, List<Stored>> byAttempt = model.events().stream().collect(groupingBy(Stored::attempt));
        Set<String> accepted = attempts.stream()
                .filter(attempt -> attempt.outcome() == Outcome.ACCEPTED)
                .map(Attempt::id)
                .collect(toSet());
        for (Target target : model.targets()) {
            List<Long> versions =
                    model.actionsOn(target).stream().map(Stored::version).toList();
            findings.expect(
                    versions.equals(LongStream.range(0, versions.size()).boxed().toList()),
                    target,
                    "has the versions %s",
                    versions);
        }
        byAttempt.forEach((attempt, events) ->
                findings.expect(accepted.contains(attempt), attempt, "was not accepted, but left %s", events));
        for (Attempt attempt : attempts) {
            switch (attempt.outcome()) {
                case ACCEPTED ->
                    new Acceptance(model, findings, attempt, byAttempt.getOrDefault(attempt.id(), List.of())).judge();
                case CONFLICT -> new Refusal(model, findings, attempt).judgeConflict();
                case INVALID -> new Refusal(model, findings, attempt).judgeInvalid();
                case LOST -> findings.count(Kind.LOST_RACE, true);
                case FAILED -> findings.expect(false, attempt, "failed");
            }
        }
        return findings;
    }
}
