package dev.coherence.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.ReadQuery;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.sql.Connection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What would be unsound is refused with a message that says what to do. */
class UnsoundSetupTest {

    private static final TreeMap<Identity, LockMode> ONE_TRIGGER = new TreeMap<>();

    static {
        ONE_TRIGGER.put(Identity.of("key", "1"), LockMode.SHARED);
    }

    @Test
    void a_connection_that_commits_each_statement_is_refused() {
        try (HikariDataSource database = TestDatabases.h2LikePostgres()) {
            TestStore.createIndexTables(database);
            JdbcEventIndex index = index(database);
            assertThatThrownBy(() -> index.lock(ONE_TRIGGER))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("commits each statement")
                    .hasMessageContaining("TransactionManager");
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Connection.TRANSACTION_READ_UNCOMMITTED,
                Connection.TRANSACTION_REPEATABLE_READ,
                Connection.TRANSACTION_SERIALIZABLE
            })
    void any_isolation_but_read_committed_is_refused(int level) {
        try (HikariDataSource database = TestDatabases.h2WithoutAutoCommit()) {
            TestStore.createIndexTables(database);
            JdbcEventIndex index = JdbcEventIndex.builder()
                    .connectionProvider(() -> {
                        Connection connection = database.getConnection();
                        connection.setTransactionIsolation(level);
                        return connection;
                    })
                    .transactionManager(NoTransactionManager.instance())
                    .serializer(TestStore.serializer())
                    .build();
            assertThatThrownBy(() -> index.lock(ONE_TRIGGER))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs isolation level READ COMMITTED");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_JDBC", "POSTGRES_JDBC"})
    void a_single_transaction_of_another_isolation_is_refused(Engine engine) {
        try (TestStore store = engine.open()) {
            store.inTransaction(() -> lockOne(store.index));
            JdbcEventIndex index = JdbcEventIndex.builder()
                    .connectionProvider(store.connections())
                    .transactionManager(store.transactions)
                    .serializer(TestStore.serializer())
                    .build();
            store.inTransaction(() -> lockOne(index));
            TransactionTemplate odd = new TransactionTemplate(new DataSourceTransactionManager(store.database()));
            odd.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);

            assertThatThrownBy(() -> odd.executeWithoutResult(status -> store.inTransaction(() -> lockOne(index))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs isolation level READ COMMITTED")
                    .hasMessageContaining("has REPEATABLE READ");
            store.inTransaction(() -> lockOne(index));
        }
    }

    private static String lockOne(EventIndex index) {
        index.lock(ONE_TRIGGER);
        return "locked";
    }

    @Test
    void an_in_memory_engine_that_starts_at_0_is_refused() {
        InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine();
        engine.appendEvents(List.of(new GenericDomainEventMessage<>("book", "book:1", 0, "x")));
        InMemoryEventIndex index = new InMemoryEventIndex(engine, StreamNames.withoutAnnotatedKinds());
        assertThatThrownBy(index::head)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("new InMemoryEventStorageEngine(1)");
    }

    @Test
    void an_index_over_another_table_than_the_engines_stores_nothing() {
        try (TestStore store = Engine.H2_JDBC.open()) {
            TestDatabases.execute(store.database(), "CREATE TABLE other AS SELECT * FROM DomainEventEntry");
            EventTable other =
                    EventTable.of(EventSchema.builder().eventTable("other").build());
            AxonEventLog log = AxonEventLog.builder()
                    .eventStore(store.eventStore)
                    .transactionManager(store.transactions)
                    .index(JdbcEventIndex.builder()
                            .connectionProvider(new SpringConnectionProvider(store.database()))
                            .transactionManager(store.transactions)
                            .serializer(TestStore.serializer())
                            .eventTable(other)
                            .build())
                    .build();
            assertThatThrownBy(() -> create(Coherence.over(log, CoherenceSettings.withSource("test")), "book", "1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not found again");
            assertThat(store.index.lastNumber()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IN_MEMORY", "H2_JDBC", "H2_JPA", "POSTGRES_JDBC", "POSTGRES_JPA"})
    void a_stream_of_another_type_is_never_appended_to(Engine engine) {
        try (TestStore store = engine.open()) {
            store.transactions.executeInTransaction(() -> store.eventStore.publish(new GenericDomainEventMessage<>(
                    "Book", "book:1", 0, "an annotated aggregate with an odd identifier")));
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            assertThatThrownBy(() -> create(coherence, "book", "1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("book:1")
                    .hasMessageContaining("Book");
            try (var reading = store.log.read(new ReadQuery(Revision.at(0), new TreeSet<>(), new TreeSet<>()))) {
                assertThat(reading.actions()).isEmpty();
            }
        }
    }

    private static JdbcEventIndex index(HikariDataSource database) {
        return JdbcEventIndex.builder()
                .connectionProvider(database::getConnection)
                .transactionManager(NoTransactionManager.instance())
                .serializer(TestStore.serializer())
                .build();
    }

    private static RebaseResult create(Coherence coherence, String kind, String id) {
        return coherence
                .rebase(Revision.at(0))
                .action(a -> a.reason("create")
                        .actor("user", "alice")
                        .aggregate(kind, id)
                        .assoc("a", 1))
                .execute();
    }
}
