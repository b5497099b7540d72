package dev.coherence.conflict;

import dev.coherence.action.Event;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.document.Document;
import dev.coherence.encryption.Encryption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decides whether an action can be laid over events that its author has not seen.
 *
 * <ol>
 *   <li>At each path of our patch, look for unseen actions that touch an overlapping path. If there are any, and the
 *       value that all unseen actions together make of the base at our path is not the value that our patch gives it,
 *       the path is in {@linkplain Dispute dispute}, and the dispute lists those actions.
 *   <li>An unseen event is in {@linkplain Conflict conflict} with ours if the policy is {@link ConflictPolicy#STRICT},
 *       or it is an effect, or a dispute lists it, or it is an action and one of the two {@linkplain
 *       Patch#everything() touches everything} while the other does not {@linkplain Patch#nothing() touch nothing}.
 *   <li>All other unseen events are merged.
 * </ol>
 *
 * <p>So if nothing is in conflict under {@link ConflictPolicy#MERGE}, our patch can be applied to the state that the
 * unseen actions left, and every path then has the value that whoever touched it gave it.
 */
public final class ConflictDetection {

    private ConflictDetection() {}

    /**
     * Detects the conflicts of one action.
     *
     * @param ours the action to be laid on the base, with provisional numbers
     * @param unseen the changes to the aggregate that the author has neither seen nor resolved, in ascending order of
     *     numbers
     * @param base the state that the author had seen. Asked at most once, and only if a dispute is to be reported or
     *     cannot be decided without it.
     * @param encryption compares encrypted values; those that cannot be decrypted any more are different from all others
     */
    public static Detection detect(
            ConflictPolicy policy,
            RecordedAction ours,
            List<Event> unseen,
            Supplier<Document> base,
            Encryption encryption) {
        Patch patch = ours.action().patch();
        Map<Long, List<Dispute>> disputes =
                byEvent(new Disputes(ours.action().aggregate(), actionsAmong(unseen), base, encryption).over(patch));
        List<Conflict> conflicts = new ArrayList<>();
        SortedSet<Long> merged = new TreeSet<>();
        for (Event theirs : unseen) {
            List<Dispute> disputed = disputes.getOrDefault(theirs.sequenceNumber(), List.of());
            if (policy == ConflictPolicy.STRICT || !disputed.isEmpty() || conflictsAsSuch(patch, theirs)) {
                conflicts.add(new Conflict(ours, theirs, disputed));
            } else {
                merged.add(theirs.sequenceNumber());
            }
        }
        return new Detection(conflicts, merged);
    }

    private static Map<Long, List<Dispute>> byEvent(List<Dispute> disputes) {
        Map<Long, List<Dispute>> byEvent = new HashMap<>();
        for (Dispute dispute : disputes) {
            for (Long number : dispute.events()) {
                byEvent.computeIfAbsent(number, n -> new ArrayList<>()).add(dispute);
            }
        }
        return byEvent;
    }

    private static List<RecordedAction> actionsAmong(List<Event> events) {
        return events.stream()
                .flatMap(event -> event.<Stream<RecordedAction>>fold(Stream::of, effect -> Stream.empty()))
                .toList();
    }

    /** Whether the event cannot be merged, although nobody can tell a path in dispute. */
    private static boolean conflictsAsSuch(Patch ours, Event theirs) {
        return theirs.fold(action -> collide(ours, action.action().patch()), effect -> true);
    }

    private static boolean collide(Patch one, Patch other) {
        return (one.touchesEverything() && !other.touchesNothing())
                || (other.touchesEverything() && !one.touchesNothing());
    }
}
