package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TypedBook.Encrypted;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Short words for changes to books and shelves, and for locking what they depend on. */
final class Changes {

    static final Identity UBIK = Identity.of(KIND, "ubik");
    static final Identity EMMA = Identity.of(KIND, "emma");
    static final Identity PLAIN = Identity.of("shelf", "1");
    static final Identity KEY = Identity.of("key", "1");
    static final Identity OTHER_KEY = Identity.of("key", "2");

    private Changes() {}

    /** Of somebody who has seen nothing. */
    static Map<ReadState, Probe> lockChanges(TestStore store, Identity... aggregates) {
        return store.inTransaction(() -> store.index.lockChangesTo(nothingOf(aggregates), new TreeMap<>()));
    }

    static Set<ReadState> nothingOf(Identity... aggregates) {
        return Arrays.stream(aggregates)
                .map(aggregate -> new ReadState(aggregate, Revision.at(0)))
                .collect(toSet());
    }

    static Encrypted encrypted(String... keys) {
        return new Encrypted("isbn", List.of(keys), "secret");
    }

    static void fire(TestStore store, Identity trigger) {
        accept(Coherence.over(store.log, CoherenceSettings.withSource("test"))
                .rebase(Revision.at(0))
                .effect(e -> e.reason("fired").trigger(trigger))
                .execute());
    }

    static void linkPlain(TestStore store, Identity trigger) {
        accept(Coherence.over(store.log, CoherenceSettings.withSource("test"))
                .rebase(store.log.head())
                .action(a -> a.reason("link")
                        .actor("user", "bob")
                        .aggregate(PLAIN)
                        .assoc("a", 1)
                        .trigger(trigger))
                .execute());
    }

    private static void accept(RebaseResult result) {
        assertThat(result).isInstanceOf(RebaseResult.Accepted.class);
    }
}
