package dev.coherence.axon.simulation;

import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.index.EventIndex;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;

/**
 * A {@link TestStore} on a database, with Axon's token store of the same kind. With JDBC the nodes have an upcaster that splits
 * events.
 */
final class DatabasePlace implements Place {

    private final TestStore store;
    private final EventIndex index;
    private final Optional<EventStorageEngine> splitting;
    private final ReadModel readModel;
    private final Serializer serializer;

    DatabasePlace(TestStore.Engine engine) {
        store = engine.open();
        serializer = switch (engine) {
            case POSTGRES_JDBC, H2_JPA -> Serializers.XSTREAM.serializer();
            default -> Serializers.JACKSON_2.serializer();
        };
        splitting = switch (engine) {
            case POSTGRES_JDBC -> Optional.of(splitting(Serializers.JACKSON_3));
            case H2_JDBC -> Optional.of(splitting(Serializers.JACKSON_2));
            default -> Optional.empty();
        };
        index = splitting.isPresent()
                ? store.anotherIndex().upcasters(new SplittingUpcaster()).build()
                : store.index;
        store.createTokenTable();
        SqlReadModel.createTables(store.database());
        readModel = new SqlReadModel(store.connections());
    }

    /** The engine of the store, with its format of events, but for the upcaster. */
    private EventStorageEngine splitting(Serializers format) {
        return JdbcEventStorageEngine.builder()
                .connectionProvider(store.connections())
                .transactionManager(store.transactions)
                .eventSerializer(format.serializer())
                .snapshotSerializer(format.serializer())
                .upcasterChain(new SplittingUpcaster())
                .build();
    }

    @Override
    public TransactionManager transactions() {
        return store.transactions;
    }

    @Override
    public EventIndex index() {
        return index;
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
        return splitting
                .map(engine -> EmbeddedEventStore.builder()
                        .storageEngine(engine)
                        .fetchDelay(10)
                        .optimizeEventConsumption(shared)
                        .build())
                .orElseGet(store::eventStoreOfAnotherNode);
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
    public void expireClaimsOf(String node) {
        try (Connection connection = store.database().getConnection()) {
            connection.setAutoCommit(false);
            for (int segment : unlocked(connection, node)) {
                try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE TokenEntry SET timestamp = '1970-01-01T00:00:00Z' WHERE segment = " + segment)) {
                    update.executeUpdate();
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> unlocked(Connection connection, String node) throws SQLException {
        List<Integer> segments = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT segment FROM TokenEntry WHERE owner = ? FOR UPDATE SKIP LOCKED")) {
            select.setString(1, node);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    segments.add(rows.getInt(1));
                }
            }
        }
        return segments;
    }

    @Override
    public boolean splits() {
        return splitting.isPresent();
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
