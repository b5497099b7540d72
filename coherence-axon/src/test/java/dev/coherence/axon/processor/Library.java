package dev.coherence.axon.processor;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Event;
import dev.coherence.axon.TestStore;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult;
import java.util.Arrays;

/** Appends to a store: books with titles that are linked to triggers, and effects on triggers. */
final class Library {

    private final TestStore store;
    private final Coherence coherence;

    Library(TestStore store) {
        this.store = store;
        this.coherence = Coherence.over(store.log, CoherenceSettings.withSource("library"));
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

    private static long append(RebaseBuilder rebase) {
        RebaseResult result = rebase.execute();
        if (result instanceof RebaseResult.Accepted accepted) {
            Event event = accepted.events().get(0);
            return event.sequenceNumber();
        }
        throw new IllegalStateException("Not accepted: " + result);
    }
}
