package dev.coherence.log;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An {@link InMemoryEventLog} as it was at some moment. Immutable.
 *
 * @param storage what has been written, now or later
 * @param last the number of the last visible event, inclusive; 0 if there is none
 */
record Snapshot(EventStorage storage, long last) {

    Revision head() {
        return Revision.at(last);
    }

    long nextVersion(Identity aggregate) {
        var lastAction = storage.actionsOn(aggregate).floorEntry(last);
        return lastAction == null ? 0 : lastAction.getValue().version() + 1;
    }

    Stream<RecordedAction> actions(Identity aggregate) {
        return visible(storage.actionsOn(aggregate), 1).values().stream();
    }

    List<Event> unseen(Identity aggregate, Revision base) {
        List<Event> unseen = new ArrayList<>();
        // A version may leave actions unseen that the position covers.
        long firstAction = base.version().isPresent() ? 1 : firstUnseenNumber(base);
        unseen.addAll(visible(storage.actionsOn(aggregate), firstAction).values());
        for (Identity trigger : triggersOf(aggregate)) {
            unseen.addAll(
                    visible(storage.effectsOn(trigger), firstUnseenNumber(base)).values());
        }
        unseen.removeIf(base::sees);
        unseen.sort(Comparator.comparingLong(Event::sequenceNumber));
        return unseen;
    }

    SortedSet<Long> existing(Collection<Long> numbers) {
        SortedSet<Long> existing = new TreeSet<>(numbers);
        existing.retainAll(visible(storage.events, 1).keySet());
        return existing;
    }

    Stream<RecordedAction> select(ReadQuery query) {
        Set<Identity> affected = affectedAfter(query.after());
        return actionsOf(query.aggregates()).filter(action -> {
            Identity aggregate = action.action().aggregate();
            return query.selects(aggregate)
                    && (affected.contains(aggregate) || !query.after().sees(action));
        });
    }

    private Stream<RecordedAction> actionsOf(SortedSet<Identity> aggregates) {
        return aggregates.isEmpty()
                ? visible(storage.events, 1).values().stream().flatMap(Snapshot::actionOnly)
                : aggregates.stream()
                        .flatMap(this::actions)
                        .sorted(Comparator.comparingLong(RecordedAction::sequenceNumber));
    }

    private static Stream<RecordedAction> actionOnly(Event event) {
        return event.fold(Stream::of, effect -> Stream.empty());
    }

    private Set<Identity> affectedAfter(Revision after) {
        Set<Identity> affected = new HashSet<>();
        for (RecordedEffect effect :
                visible(storage.effects, firstUnseenNumber(after)).values()) {
            if (!after.sees(effect)) {
                addAffected(affected, effect);
            }
        }
        return affected;
    }

    private void addAffected(Set<Identity> affected, RecordedEffect effect) {
        Identity trigger = effect.effect().trigger();
        affected.add(trigger);
        storage.linkedTo(trigger).forEach((aggregate, firstLink) -> {
            if (firstLink < effect.sequenceNumber()) {
                affected.add(aggregate);
            }
        });
    }

    /** Those that any visible action links the aggregate to, and the one that equals its own identity. */
    private Set<Identity> triggersOf(Identity aggregate) {
        Set<Identity> triggers = new HashSet<>();
        triggers.add(aggregate);
        storage.triggersOf(aggregate).forEach((trigger, firstLink) -> {
            if (firstLink <= last) {
                triggers.add(trigger);
            }
        });
        return triggers;
    }

    /** The lowest number that the revision does not see by its position. */
    private static long firstUnseenNumber(Revision revision) {
        return revision.unseen().isEmpty()
                ? revision.position().orElse(0) + 1
                : revision.unseen().get(0).first();
    }

    private <T> NavigableMap<Long, T> visible(NavigableMap<Long, T> events, long first) {
        return first <= last ? events.subMap(first, true, last, true) : Collections.emptyNavigableMap();
    }
}
