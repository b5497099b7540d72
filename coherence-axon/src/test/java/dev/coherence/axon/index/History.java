package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.TypedBook.Encrypted;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;

/** Writes actions, effects and requests into a store, and remembers them with their numbers. */
final class History {

    static final Set<String> GROUP = Set.of("books");

    final TestStore store;
    final StreamNames names;
    final List<Entry> entries = new ArrayList<>();
    private final Map<String, Long> versions = new HashMap<>();

    History(TestStore store) {
        this.store = store;
        this.names = store.index.streamNames();
    }

    /** A stored event. */
    record Entry(long number, EventMessage<?> message) {}

    ReplayIndex index() {
        return store.index.replays();
    }

    /** The next event of the aggregate, of its kind's own type. */
    EventMessage<?> action(Identity aggregate, Identity... triggers) {
        return action(aggregate.kind(), aggregate, triggers);
    }

    EventMessage<?> action(String type, Identity aggregate, Identity... triggers) {
        TreeSet<Identity> links = new TreeSet<>(Arrays.asList(triggers));
        String stream = names.ofAggregate(aggregate);
        if (aggregate.kind().equals(KIND)) {
            List<String> keys = links.stream().map(Identity::id).toList();
            return TypedBook.event(type, stream, next(stream), new Encrypted(stream, keys, "notes"));
        }
        Patch patch = Patch.builder().assoc("a", 1).build();
        return new GenericDomainEventMessage<>(
                type,
                stream,
                next(stream),
                PatchApplied.of(new Action("act", Identity.of("user", "bob"), aggregate, patch, links)));
    }

    EventMessage<?> effect(Identity trigger) {
        return effect("fired", trigger);
    }

    EventMessage<?> effect(String reason, Identity trigger) {
        String stream = names.ofEffects(trigger);
        return new GenericDomainEventMessage<>(
                StreamNames.EFFECT_TYPE, stream, next(stream), EffectFired.of(new Effect(reason, trigger)));
    }

    EventMessage<?> request(Identity aggregate, String... groups) {
        return GenericEventMessage.asEventMessage(ReplayRequested.of("look again", aggregate, List.of(groups)));
    }

    EventMessage<?> requestKind(String kind, String... groups) {
        return GenericEventMessage.asEventMessage(ReplayRequested.ofKind("look again", kind, List.of(groups)));
    }

    long next(String stream) {
        return versions.merge(stream, 1L, Long::sum) - 1;
    }

    /** Appends the events in one transaction, and returns the number of the last one. */
    long append(EventMessage<?>... events) {
        store.publish(events);
        Map<String, Long> numbers = store.index.numbers(
                Arrays.stream(events).map(EventMessage::getIdentifier).toList());
        for (EventMessage<?> event : events) {
            entries.add(new Entry(numbers.getOrDefault(event.getIdentifier(), 0L), event));
        }
        return last();
    }

    long last() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).number();
    }

    /** The number of the first event of the aggregate that was appended. */
    long numberOf(Identity aggregate) {
        String stream = names.ofAggregate(aggregate);
        return entries.stream()
                .filter(entry -> entry.message() instanceof DomainEventMessage<?> event
                        && event.getAggregateIdentifier().equals(stream))
                .mapToLong(Entry::number)
                .findFirst()
                .orElseThrow();
    }

    AffectedAggregate found(Identity aggregate) {
        return found(aggregate.kind(), aggregate);
    }

    AffectedAggregate found(String type, Identity aggregate) {
        return new AffectedAggregate(numberOf(aggregate), aggregate, type, names.ofAggregate(aggregate));
    }

    Span all() {
        return new Span(Revision.at(0), Revision.at(last()));
    }

    Span after(long number) {
        return new Span(Revision.at(number), Revision.at(last()));
    }

    List<Identity> affected(Span span, String... groups) {
        return index().affected(span, groups.length == 0 ? GROUP : Set.of(groups), 0, 1000).stream()
                .map(AffectedAggregate::aggregate)
                .toList();
    }
}
