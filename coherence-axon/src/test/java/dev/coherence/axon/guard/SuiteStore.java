package dev.coherence.axon.guard;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.configuration.ConfiguredAggregates;
import dev.coherence.axon.storage.AnnotatedKinds;
import dev.coherence.axon.storage.StreamNames;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the guard is tested on: each database with each engine and each way to serialize, and Axon's in-memory engine. Each is
 * opened once for all tests, which therefore use identifiers of their own, and know no number beforehand.
 */
@SuppressWarnings("ImmutableEnumChecker") // each holds the store that its tests share
enum SuiteStore {
    IN_MEMORY(Engine.IN_MEMORY, Serializers.JACKSON_2),
    H2_JDBC_JACKSON(Engine.H2_JDBC, Serializers.JACKSON_2),
    H2_JDBC_XSTREAM(Engine.H2_JDBC, Serializers.XSTREAM),
    H2_JPA_JACKSON(Engine.H2_JPA, Serializers.JACKSON_3),
    H2_JPA_XSTREAM(Engine.H2_JPA, Serializers.XSTREAM),
    POSTGRES_JDBC_JACKSON(Engine.POSTGRES_JDBC, Serializers.JACKSON_3),
    POSTGRES_JDBC_XSTREAM(Engine.POSTGRES_JDBC, Serializers.XSTREAM),
    POSTGRES_JPA_JACKSON(Engine.POSTGRES_JPA, Serializers.JACKSON_2),
    POSTGRES_JPA_XSTREAM(Engine.POSTGRES_JPA, Serializers.XSTREAM);

    private final Engine engine;
    private final Serializers format;
    private final CurrentKinds kinds = new CurrentKinds();
    private @Nullable TestStore store;

    SuiteStore(Engine engine, Serializers format) {
        this.engine = engine;
        this.format = format;
    }

    boolean isDatabase() {
        return this != IN_MEMORY;
    }

    /** The store; it lives as long as the JVM. From now on it holds the aggregates of another application. */
    synchronized TestStore of(ConfiguredAggregates aggregates) {
        kinds.current = aggregates;
        TestStore opened = store;
        if (opened == null) {
            opened = engine.open(new StreamNames((AnnotatedKinds) kinds), format);
            store = opened;
        }
        return opened;
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
