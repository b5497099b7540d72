package dev.coherence.axon.guard;

import dev.coherence.action.Event;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.conflict.Conflict;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.conflict.Detection;
import dev.coherence.revision.Revision;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/**
 * Lays one event of ours on unseen events:
 *
 * <ol>
 *   <li>Detect the conflicts with those that nobody has resolved, by the policy. What the policy passes over is merged.
 *   <li>For each conflict, ask the conflict handler that fits best, if there is one. Theirs may become accepted, or ours
 *       be replaced; else the conflict stands, and is not asked about again.
 *   <li>If anything became accepted, begin anew with what is left; and if ours was replaced, with everything but those of
 *       theirs because of which it was. So there is an end.
 *   <li>Report the conflicts that stand.
 * </ol>
 */
final class EventLaying {

    private final ConflictSearch search;
    private final LongSupplier lastNumber;
    private final Consumer<Object> lockFor;

    /**
     * @param lastNumber the highest sequence number in the store
     * @param lockFor locks what the payload of an event needs that takes the place of another
     */
    EventLaying(ConflictSearch search, LongSupplier lastNumber, Consumer<Object> lockFor) {
        this.search = search;
        this.lastNumber = lastNumber;
        this.lockFor = lockFor;
    }

    Verdict lay(
            CommandContext command, GuardedEvent event, Unseen unseen, Revision base, List<ReportedConflict> standing) {
        List<Event> open = unseen.open();
        if (open.isEmpty()) {
            return Verdict.over(event, unseen);
        }
        Laid laid = new Laid(
                event,
                search.policy(
                        command,
                        search.guarded().aggregates().classOf(event.message().getType())),
                base);
        Detection detection = laid.detect(open);
        while (laid.decide(detection.conflicts())) {
            detection = laid.detect(open);
        }
        detection.conflicts().forEach(conflict -> standing.add(ReportedConflict.of(conflict)));
        return new Verdict(laid.message, unseen, detection.merged(), laid.accepted, laid.replaced);
    }

    /** The event while it is laid. */
    private final class Laid {

        private final GuardedEvent event;
        private final ConflictPolicy policy;
        private final Revision base;
        private final long number;
        private final SortedSet<Long> accepted = new TreeSet<>();
        private final SortedSet<Long> replaced = new TreeSet<>();
        private final Set<Long> standing = new HashSet<>();
        private DomainEventMessage<?> message;

        Laid(GuardedEvent event, ConflictPolicy policy, Revision base) {
            this.event = event;
            this.policy = policy;
            this.base = base;
            this.number = lastNumber.getAsLong() + 1 + event.place();
            this.message = event.message();
        }

        Detection detect(List<Event> open) {
            List<Event> left = open.stream()
                    .filter(theirs ->
                            !accepted.contains(theirs.sequenceNumber()) && !replaced.contains(theirs.sequenceNumber()))
                    .toList();
            return search.detect(policy, search.ours(message, number), left, base);
        }

        /** Returns whether anything was settled, so that the conflicts have to be looked for again. */
        boolean decide(List<Conflict> conflicts) {
            boolean settled = false;
            for (Conflict conflict : conflicts) {
                long theirs = conflict.theirs().sequenceNumber();
                if (!standing.contains(theirs)) {
                    Resolution resolution =
                            search.handlers().decide(event.aggregate(), message.getPayload(), conflict.theirs());
                    if (resolution instanceof Resolution.Replace replacement) {
                        replace(replacement.event(), theirs);
                        return true;
                    }
                    settled |= resolution instanceof Resolution.Accept ? accepted.add(theirs) : !standing.add(theirs);
                }
            }
            return settled;
        }

        private void replace(Object payload, long theirs) {
            accepted.clear(); // what was decided was decided about another event
            standing.clear();
            replaced.add(theirs);
            message = new GenericDomainEventMessage<>(
                    message.getType(),
                    message.getAggregateIdentifier(),
                    message.getSequenceNumber(),
                    payload,
                    message.getMetaData(),
                    message.getIdentifier(),
                    message.getTimestamp());
            lockFor.accept(payload);
            search.guarded().aggregates().forget(event.aggregate());
        }
    }
}
