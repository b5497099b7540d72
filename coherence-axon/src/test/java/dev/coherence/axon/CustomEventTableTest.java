package dev.coherence.axon;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.axon.jdbc.IndexTables;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.util.function.Supplier;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.junit.jupiter.api.Test;

class CustomEventTableTest {

    private static final EventSchema SCHEMA = EventSchema.builder()
            .eventTable("journal")
            .globalIndexColumn("pos")
            .timestampColumn("at")
            .eventIdentifierColumn("event_id")
            .aggregateIdentifierColumn("stream")
            .sequenceNumberColumn("nr")
            .typeColumn("stream_type")
            .payloadTypeColumn("payload_type")
            .payloadRevisionColumn("payload_rev")
            .payloadColumn("body")
            .metaDataColumn("meta")
            .build();

    @Test
    void own_names_of_all_tables_and_columns_are_honoured() {
        try (HikariDataSource database = TestDatabases.h2WithoutAutoCommit()) {
            TestStore.createIndexTables(database);
            TestDatabases.execute(database, "ALTER TABLE coherence_trigger RENAME TO own_trigger");
            TestDatabases.execute(database, "ALTER TABLE coherence_link RENAME TO own_link");
            TestDatabases.execute(database, "ALTER TABLE coherence_effect RENAME TO own_effect");
            TestDatabases.execute(database, "ALTER TABLE coherence_replay RENAME TO own_replay");
            TestDatabases.execute(database, "ALTER TABLE coherence_index_state RENAME TO own_state");
            try (AxonEventLog log = log(database)) {
                Coherence coherence = Coherence.over(log, CoherenceSettings.withSource("test"));
                Supplier<RebaseResult> action = () -> coherence
                        .rebase(Revision.at(0))
                        .action(a -> a.reason("create")
                                .actor("user", "alice")
                                .aggregate("book", "1")
                                .assoc("genre", "SF")
                                .trigger("key", "1"))
                        .execute();
                assertThat(action.get()).isInstanceOf(RebaseResult.Accepted.class);
                assertThat(action.get()).isInstanceOf(RebaseResult.Conflicting.class);
                Revision seen =
                        coherence.state(Identity.of("book", "1")).revision().withoutVersion();
                assertThat(coherence
                                .rebase(seen)
                                .effect(e -> e.reason("expired").trigger("key", "1"))
                                .execute())
                        .isInstanceOf(RebaseResult.Accepted.class);
                assertThat(coherence.read().after(seen).stream()).hasSize(1);
                assertThat(coherence.conflicts(seen, Identity.of("book", "1"))).hasSize(1);
            }
        }
    }

    private static AxonEventLog log(HikariDataSource database) {
        ConnectionProvider connections =
                new UnitOfWorkAwareConnectionProviderWrapper(new DataSourceConnectionProvider(database));
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(NoTransactionManager.instance())
                .schema(SCHEMA)
                .eventSerializer(TestStore.serializer())
                .snapshotSerializer(TestStore.serializer())
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        return AxonEventLog.builder()
                .eventStore(EmbeddedEventStore.builder().storageEngine(engine).build())
                .transactionManager(NoTransactionManager.instance())
                .index(JdbcEventIndex.builder()
                        .connectionProvider(connections)
                        .transactionManager(NoTransactionManager.instance())
                        .serializer(TestStore.serializer())
                        .eventTable(EventTable.of(SCHEMA))
                        .indexTables(
                                new IndexTables("own_trigger", "own_link", "own_effect", "own_replay", "own_state"))
                        .build())
                .build();
    }
}
