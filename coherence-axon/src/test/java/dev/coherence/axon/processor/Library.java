package dev.coherence.axon.processor;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.Draft;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;

/** Appends to a store: books with titles that are linked to triggers, and effects on triggers. */
final class Library {

    private final TestStore store;
    private final Coherence coherence;
    private final EventCodec codec = new EventCodec(StreamNames.withoutAnnotatedKinds());
    private final Map<String, Long> versions = new HashMap<>();

    Library(TestStore store) {
        this(store, Clock.systemUTC());
    }

    Library(TestStore store, Clock clock) {
        this.store = store;
        this.coherence = Coherence.over(
                store.log, CoherenceSettings.withSource("library").withClock(clock));
    }

    /** Changes a book, links it to triggers of kind {@code key}, and returns the number of the event. */
    long revise(String book, String title, String... keys) {
        return append(coherence.rebase(store.index.head()).action(action -> {
            action.reason("revise").actor("user", "bob").aggregate("book", book).assoc("title", title);
            Arrays.stream(keys).forEach(key -> action.trigger("key", key));
        }));
    }

    /** Fires a trigger of kind {@code key}, and returns the number of the effect. */
    long expire(String key) {
        return append(coherence
                .rebase(store.index.head())
                .effect(effect -> effect.reason("expired").trigger("key", key)));
    }

    /** Changes many books in one transaction, each linked to one key; who uses this for a book always does. */
    void reviseAll(IntStream books, IntFunction<String> key) {
        publish(books.mapToObj(book -> new Action(
                "revise",
                Identity.of("user", "bob"),
                Identity.of("book", "" + book),
                Patch.builder().assoc("title", "t").build(),
                new TreeSet<>(Set.of(Identity.of("key", key.apply(book)))))));
    }

    /** Fires many triggers of kind {@code key} in one transaction; who uses this for a key always does. */
    void expireAll(Stream<String> keys) {
        publish(keys.map(key -> new Effect("expired", Identity.of("key", key))));
    }

    private void publish(Stream<? extends Change> changes) {
        store.publish(changes.map(change -> new Draft(change, Instant.now(), "library", new TreeSet<>()))
                .map(draft -> codec.encode(draft, versions.merge(codec.stream(draft), 1L, Long::sum) - 1))
                .toArray(DomainEventMessage<?>[]::new));
    }

    private static long append(RebaseBuilder rebase) {
        RebaseResult result = rebase.execute();
        if (result instanceof RebaseResult.Accepted accepted) {
            Event event = accepted.events().get(0);
            return event.sequenceNumber();
        }
        throw new IllegalStateException("Not accepted: " + result);
    }
}
