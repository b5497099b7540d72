package dev.coherence.log;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The events of an {@link InMemoryEventLog}, indexed by all that is asked for. Everything here only grows: one thread at
 * a time writes events behind the last published number and then publishes them all at once by raising that number, so
 * that a {@link Snapshot}, which ignores what lies behind its own last number, needs no lock and no copy.
 */
final class EventStorage {

    /** Every event by its number. */
    final NavigableMap<Long, Event> events = new ConcurrentSkipListMap<>();

    /** Every effect by its number. */
    final NavigableMap<Long, RecordedEffect> effects = new ConcurrentSkipListMap<>();

    private final Map<Identity, NavigableMap<Long, RecordedAction>> actions = new ConcurrentHashMap<>();
    private final Map<Identity, NavigableMap<Long, RecordedEffect>> fired = new ConcurrentHashMap<>();
    private final Map<Identity, Map<Identity, Long>> triggersOf = new ConcurrentHashMap<>();
    private final Map<Identity, Map<Identity, Long>> linkedTo = new ConcurrentHashMap<>();
    private volatile long published;

    /** The actions on the aggregate by their numbers. */
    NavigableMap<Long, RecordedAction> actionsOn(Identity aggregate) {
        return actions.getOrDefault(aggregate, Collections.emptyNavigableMap());
    }

    /** The effects on the trigger by their numbers. */
    NavigableMap<Long, RecordedEffect> effectsOn(Identity trigger) {
        return fired.getOrDefault(trigger, Collections.emptyNavigableMap());
    }

    /** The triggers that actions on the aggregate link to, each with the number of the first such action. */
    Map<Identity, Long> triggersOf(Identity aggregate) {
        return triggersOf.getOrDefault(aggregate, Map.of());
    }

    /** The aggregates with actions that link to the trigger, each with the number of the first such action. */
    Map<Identity, Long> linkedTo(Identity trigger) {
        return linkedTo.getOrDefault(trigger, Map.of());
    }

    /** The log as it is now. */
    Snapshot snapshot() {
        return new Snapshot(this, published);
    }

    /** Appends the drafts, unless something that changes one of the aggregates has come since the snapshot. */
    synchronized CommitResult append(List<Draft> drafts, Snapshot since, Set<Identity> aggregates) {
        Snapshot now = snapshot();
        for (Identity aggregate : aggregates) {
            List<Event> concurrent = now.unseen(aggregate, since.head());
            if (!concurrent.isEmpty()) {
                return new CommitResult.Lost("%s was changed concurrently by event %d"
                        .formatted(aggregate, concurrent.get(0).sequenceNumber()));
            }
        }
        List<Event> appended = numbered(drafts, now);
        appended.forEach(this::store);
        published = now.last() + appended.size();
        return new CommitResult.Committed(appended);
    }

    private static List<Event> numbered(List<Draft> drafts, Snapshot now) {
        Map<Identity, Long> nextVersions = new HashMap<>();
        List<Event> numbered = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            long version = draft.change()
                    .<Long>fold(
                            action -> nextVersions.merge(
                                    action.aggregate(), now.nextVersion(action.aggregate()), (v, first) -> v + 1),
                            effect -> 0L);
            numbered.add(draft.recorded(now.last() + 1 + numbered.size(), version));
        }
        return numbered;
    }

    private void store(Event event) {
        events.put(event.sequenceNumber(), event);
        event.<Runnable>fold(action -> () -> index(action), effect -> () -> index(effect))
                .run();
    }

    private void index(RecordedAction event) {
        Identity aggregate = event.action().aggregate();
        actions.computeIfAbsent(aggregate, a -> new ConcurrentSkipListMap<>()).put(event.sequenceNumber(), event);
        for (Identity trigger : event.action().triggers()) {
            link(triggersOf, aggregate, trigger, event.sequenceNumber());
            link(linkedTo, trigger, aggregate, event.sequenceNumber());
        }
    }

    private void index(RecordedEffect event) {
        effects.put(event.sequenceNumber(), event);
        fired.computeIfAbsent(event.effect().trigger(), t -> new ConcurrentSkipListMap<>())
                .put(event.sequenceNumber(), event);
    }

    private static void link(Map<Identity, Map<Identity, Long>> links, Identity from, Identity to, long number) {
        links.computeIfAbsent(from, f -> new ConcurrentHashMap<>()).putIfAbsent(to, number);
    }
}
