package dev.coherence.axon.guard;

import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.configuration.ConfiguredAggregates;
import dev.coherence.axon.storage.StreamNames;

/**
 * What the guard is tested on: each database with each engine and each way to serialize, and Axon's in-memory engine. Each is
 * opened once for all tests, which therefore use identifiers of their own, and know no number beforehand.
 */
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

    SuiteStore(Engine engine, Serializers format) {
        this.engine = engine;
        this.format = format;
    }

    boolean isDatabase() {
        return this != IN_MEMORY;
    }

    /** Whether one can see in a table what was locked. */
    boolean locksRows() {
        return engine == Engine.H2_JDBC || engine == Engine.H2_JPA;
    }

    /** The store; it lives as long as the JVM. From now on it holds the aggregates of another application. */
    TestStore of(ConfiguredAggregates aggregates) {
        return SharedStore.of(this).with(aggregates);
    }

    TestStore open(StreamNames names) {
        return engine.open(names, format);
    }
}
