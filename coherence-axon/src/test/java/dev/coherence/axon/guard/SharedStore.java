package dev.coherence.axon.guard;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.configuration.ConfiguredAggregates;
import dev.coherence.axon.storage.AnnotatedKinds;
import dev.coherence.axon.storage.StreamNames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A store that one application after another runs on, each with aggregates of its own. */
final class SharedStore {

    private static final Map<SuiteStore, SharedStore> OPENED = new ConcurrentHashMap<>();

    private final CurrentKinds kinds = new CurrentKinds();
    private final TestStore store;

    private SharedStore(SuiteStore kind) {
        this.store = kind.open(new StreamNames((AnnotatedKinds) kinds));
    }

    static SharedStore of(SuiteStore kind) {
        return OPENED.computeIfAbsent(kind, SharedStore::new);
    }

    TestStore with(ConfiguredAggregates aggregates) {
        kinds.current = aggregates;
        return store;
    }

    /** Those of the application that runs on the store at present. */
    private static final class CurrentKinds implements AnnotatedKinds {

        private volatile @Nullable AnnotatedKinds current;

        private AnnotatedKinds current() {
            return requireNonNull(current);
        }

        @Override
        public Set<String> kinds() {
            return current().kinds();
        }

        @Override
        public String kindOf(String axonType) {
            return current().kindOf(axonType);
        }

        @Override
        public Set<String> typesOf(String kind) {
            return current().typesOf(kind);
        }

        @Override
        public Optional<String> identifierName(String kind) {
            return current().identifierName(kind);
        }
    }
}
