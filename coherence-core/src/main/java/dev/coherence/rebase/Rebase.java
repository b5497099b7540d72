package dev.coherence.rebase;

import dev.coherence.action.Action;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.conflict.Conflict;
import dev.coherence.conflict.ConflictDetection;
import dev.coherence.conflict.Detection;
import dev.coherence.encryption.Encryption;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.log.Draft;
import dev.coherence.log.EventLog;
import dev.coherence.log.EventLog.Transaction;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.rebase.RebaseResult.InvalidBase;
import dev.coherence.rebase.RebaseResult.WriteConflict;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Lays a history on the state that its author had seen.
 *
 * <ol>
 *   <li>Refuse a malformed request ({@link RebaseRequest} does), before anything is opened.
 *   <li>Begin a transaction that secures the aggregates and triggers of the history. Ask for the version of each
 *       aggregate first of all: whatever is appended to it from then on is found by step 4, or refuses the append.
 *   <li>If the base claims to have seen what does not exist yet, it is an {@link InvalidBase}.
 *   <li>For each action in order, take the changes to its aggregate that the base does not see and the author has not
 *       resolved, and {@linkplain ConflictDetection detect} conflicts with them. Earlier events of the same history are
 *       not stored yet, and so never among them. Effects of ours conflict with nothing.
 *   <li>If there is any conflict, the result is {@link Conflicting}: all of them, and the events before the first action
 *       in conflict.
 *   <li>See to it that no key that a value is encrypted with ends before the transaction does; if one has ended, nothing is
 *       stored.
 *   <li>Note what the author has seen now: what the base covers and the resolved events that exist.
 *   <li>In a dry run, the result is {@link Accepted} with the provisional events, and a revision that does not cover
 *       them, since their numbers may become those of others. Else append. If a concurrent append
 *       won, the result is a {@link WriteConflict}; else {@link Accepted} with the events as stored, and a revision that
 *       covers what was noted and them ({@link Coverage}).
 * </ol>
 *
 * <p>Until they are appended, numbers are provisional: counted on from the last visible event, versions from the last of
 * each aggregate. A transaction that the store gives up in favour of another one is a {@link WriteConflict}, too.
 */
final class Rebase {

    private final RebaseRequest request;
    private final Encryption encryption;
    private final Transaction transaction;
    private final Map<Identity, Target> targets = new TreeMap<>();

    private Rebase(RebaseRequest request, Encryption encryption, Transaction transaction) {
        this.request = request;
        this.encryption = encryption;
        this.transaction = transaction;
    }

    static RebaseResult execute(EventLog log, Encryption encryption, RebaseRequest request) {
        try (Transaction transaction = log.begin(request.scope())) {
            return new Rebase(request, encryption, transaction).execute();
        } catch (ConcurrentAppendException e) {
            return new WriteConflict(String.valueOf(e.getMessage()));
        }
    }

    private RebaseResult execute() {
        aimAtTargets();
        long next = transaction.nextSequenceNumber();
        if (baseIsBeyond(next)) {
            return new InvalidBase(next);
        }
        List<Step> steps = layOnBase(next);
        if (steps.stream().anyMatch(Step::conflicting)) {
            return conflicting(steps);
        }
        encryption.hold(request.keys());
        Coverage seen = Coverage.of(transaction, request, targets);
        return request.dryRun() ? new Accepted(events(steps), seen.seen()) : append(seen, steps);
    }

    private void aimAtTargets() {
        for (Identity aggregate : request.scope().aggregates()) {
            targets.put(aggregate, new Target(transaction, request, aggregate));
        }
    }

    private boolean baseIsBeyond(long nextSequenceNumber) {
        Revision base = request.base();
        boolean positionBeyond = base.position().orElse(0) >= nextSequenceNumber;
        // A base with a version has at most one target.
        boolean versionBeyond = base.version().isPresent()
                && targets.values().stream().anyMatch(target -> base.version().getAsLong() >= target.storedVersions());
        return positionBeyond || versionBeyond;
    }

    private List<Step> layOnBase(long firstNumber) {
        List<Step> steps = new ArrayList<>(request.history().size());
        for (Draft draft : request.history()) {
            long number = firstNumber + steps.size();
            steps.add(draft.change()
                    .fold(
                            action -> lay(draft, action, number),
                            effect -> new Step(draft, draft.recorded(number, 0), List.of())));
        }
        return steps;
    }

    private Step lay(Draft draft, Action action, long number) {
        Target target = Objects.requireNonNull(targets.get(action.aggregate()), "the scope names every aggregate");
        RecordedAction ours =
                new RecordedAction(number, target.takeVersion(), draft.timestamp(), draft.source(), action);
        Detection detection =
                ConflictDetection.detect(request.policy(), ours, target.unseen(), target::base, encryption);
        Draft noted = new Draft(action, draft.timestamp(), draft.source(), detection.merged());
        return new Step(noted, ours, detection.conflicts());
    }

    private static Conflicting conflicting(List<Step> steps) {
        return new Conflicting(
                steps.stream().flatMap(step -> step.conflicts().stream()).toList(),
                steps.stream()
                        .takeWhile(step -> !step.conflicting())
                        .map(Step::event)
                        .toList());
    }

    private RebaseResult append(Coverage seen, List<Step> steps) {
        return transaction
                .append(steps.stream().map(Step::draft).toList())
                .fold(committed -> accepted(seen, committed.events()), lost -> new WriteConflict(lost.reason()));
    }

    private static Accepted accepted(Coverage seen, List<Event> events) {
        return new Accepted(events, seen.with(events));
    }

    private static List<Event> events(List<Step> steps) {
        return steps.stream().map(Step::event).toList();
    }

    /** One entry of the history, laid on the base. */
    private record Step(Draft draft, Event event, List<Conflict> conflicts) {

        boolean conflicting() {
            return !conflicts.isEmpty();
        }
    }
}
