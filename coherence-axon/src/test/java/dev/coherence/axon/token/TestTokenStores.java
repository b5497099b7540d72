package dev.coherence.axon.token;

import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.serialization.Serializer;

/** Axon's token stores, for several nodes on one table, beside a store of events that is not used. */
record TestTokenStores(TestStore store, Function<String, TokenStore> nodes) implements AutoCloseable {

    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    static TestTokenStores over(Engine engine) {
        TestStore store = engine.open();
        if (engine == Engine.IN_MEMORY) {
            TokenStore tokens = new InMemoryTokenStore();
            return new TestTokenStores(store, node -> tokens);
        }
        store.createTokenTable();
        Serializer serializer = serializer(engine).serializer();
        return new TestTokenStores(store, node -> store.tokenStore(node, CLAIM_TIMEOUT, serializer));
    }

    private static Serializers serializer(Engine engine) {
        return switch (engine) {
            case H2_JPA, POSTGRES_JDBC -> Serializers.XSTREAM;
            default -> Serializers.JACKSON_2;
        };
    }

    /** Axon's store of a node. */
    TokenStore plain(String node) {
        return nodes.apply(node);
    }

    <T> T inTransaction(Supplier<T> work) {
        return store.transactions.fetchInTransaction(work);
    }

    void inTransaction(Runnable work) {
        store.transactions.executeInTransaction(work);
    }

    /** As if no node had written to its rows for an hour. */
    void expireClaims() {
        TestDatabases.execute(store.database(), "UPDATE TokenEntry SET timestamp = '2020-01-01T00:00:00Z'");
    }

    @Override
    public void close() {
        store.close();
    }
}
