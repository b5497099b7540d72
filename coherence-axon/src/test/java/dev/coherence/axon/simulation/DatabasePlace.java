package dev.coherence.axon.simulation;

import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.index.EventIndex;
import java.time.Duration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;

/** A {@link TestStore} on a database, with Axon's token store of the same kind. */
final class DatabasePlace implements Place {

    private final TestStore store;
    private final ReadModel readModel;
    private final Serializer serializer;

    DatabasePlace(TestStore.Engine engine) {
        store = engine.open();
        serializer = switch (engine) {
            case POSTGRES_JDBC, H2_JPA -> Serializers.XSTREAM.serializer();
            default -> Serializers.JACKSON_2.serializer();
        };
        store.createTokenTable();
        SqlReadModel.createTables(store.database());
        readModel = new SqlReadModel(store.connections());
    }

    @Override
    public TransactionManager transactions() {
        return store.transactions;
    }

    @Override
    public EventIndex index() {
        return store.index;
    }

    @Override
    public ReadModel readModel() {
        return readModel;
    }

    @Override
    public EventStore eventStore() {
        return store.eventStore;
    }

    @Override
    public EmbeddedEventStore eventStoreOfNode(boolean shared) {
        return store.eventStoreOfAnotherNode();
    }

    @Override
    public TokenStore tokenStore(String node, Duration claimTimeout) {
        return store.tokenStore(node, claimTimeout, serializer);
    }

    @Override
    public void releaseClaimsOf(String node) {
        TestDatabases.execute(store.database(), "UPDATE TokenEntry SET owner = NULL WHERE owner = '" + node + "'");
    }

    @Override
    public boolean splits() {
        return false;
    }

    @Override
    public void clear() {
        store.empty();
        SqlReadModel.TABLES.forEach(table -> TestDatabases.execute(store.database(), "DELETE FROM " + table));
        TestDatabases.execute(store.database(), "DELETE FROM TokenEntry");
    }

    @Override
    public void close() {
        store.close();
    }
}
