package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.EventLog;
import dev.coherence.log.InMemoryEventLog;
import dev.coherence.spring.boot.failure.CoherenceStartException;
import dev.coherence.spring.boot.failure.MissingIndexTablesException;
import dev.coherence.spring.boot.failure.UnusableEventStoreException;
import org.axonframework.axonserver.connector.event.axon.StubOfAxonServerEventStore;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.SequenceEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.NestedExceptionUtils;

/** An application that could not work soundly does not start, and says what to do. */
class StartFailureTest {

    @Nested
    @ExtendWith(OutputCaptureExtension.class)
    class Without_a_usable_event_store {

        @Test
        void says_so_in_place_of_a_stack_trace(CapturedOutput output) {
            failure(TestApplication.withoutDatabase());

            assertThat(output)
                    .contains("APPLICATION FAILED TO START", "Description:", "Axon has none", "Action:")
                    .contains("spring-boot-starter-jdbc", "axon.coherence.enabled=false")
                    .doesNotContain("\n\tat ");
        }

        @Test
        void asks_for_a_database_where_there_is_none() {
            assertThat(failure(TestApplication.withoutDatabase()))
                    .isInstanceOf(UnusableEventStoreException.class)
                    .hasMessageContainingAll(
                            "neither an EventStorageEngine nor an EventStore", "spring.datasource.url");
        }

        @Test
        void asks_to_turn_Axon_Server_off() {
            assertThat(failure(TestApplication.withoutDatabase().with(AxonServer.class)))
                    .isInstanceOf(UnusableEventStoreException.class)
                    .hasMessageContainingAll("The event store is Axon Server", "axon.axonserver.enabled=false");
        }

        @Test
        void asks_for_an_index_over_an_unknown_engine() {
            assertThat(failure(TestApplication.withoutDatabase().with(UnknownEngine.class)))
                    .isInstanceOf(UnusableEventStoreException.class)
                    .hasMessageContainingAll("SequenceEventStorageEngine", "dev.coherence.axon.index.EventIndex");
        }

        @Test
        void asks_for_one_where_log_and_index_are_those_of_the_application() {
            assertThat(failure(TestApplication.withoutDatabase().with(OwnLogAndIndex.class)))
                    .isInstanceOf(UnusableEventStoreException.class)
                    .hasMessageContainingAll(
                            "neither an EventStorageEngine nor an EventStore", "spring.datasource.url");
        }

        @Test
        void asks_for_a_usable_one_also_where_the_log_is_that_of_the_application() {
            assertThat(failure(TestApplication.withoutDatabase()
                            .with(UnknownEngine.class)
                            .with(OwnLog.class)))
                    .isInstanceOf(UnusableEventStoreException.class)
                    .hasMessageContainingAll(
                            "SequenceEventStorageEngine",
                            "dev.coherence.axon.index.EventIndex",
                            "axon.coherence.enabled=false",
                            "Coherence.over(log, settings)");
            assertThat(failure(TestApplication.withoutDatabase()
                            .with(AxonServer.class)
                            .with(OwnLog.class)))
                    .isInstanceOf(UnusableEventStoreException.class)
                    .hasMessageContainingAll(
                            "The event store is Axon Server",
                            "axon.coherence.enabled=false",
                            "Coherence.over(log, settings)");
        }

        @Test
        void asks_for_the_engine_of_a_store_that_hides_it() {
            assertThat(failure(TestApplication.withoutDatabase().with(HiddenEngine.class)))
                    .isInstanceOf(UnusableEventStoreException.class)
                    .hasMessageContainingAll("EmbeddedEventStore", "there is no EventStorageEngine bean");
        }

        @Test
        void asks_for_the_table_of_an_engine_of_the_application() {
            TestDatabase database = TestDatabase.h2LikePostgres().withAxonTables();
            assertThat(failure(TestApplication.withJdbc(database).with(OwnJdbcEngine.class)))
                    .isInstanceOf(UnusableEventStoreException.class)
                    .hasMessageContainingAll("own JdbcEventStorageEngine", "jdbc.EventSchema");
        }

        @Test
        void says_so_at_the_start_even_if_beans_are_lazy() {
            assertThat(failure(TestApplication.withJdbc(TestDatabase.postgres().withAxonTables())
                            .with("spring.main.lazy-initialization=true")))
                    .isInstanceOf(MissingIndexTablesException.class);
        }

        @Test
        void asks_for_transactions() {
            TestDatabase database = TestDatabase.h2LikePostgres().withAxonTables();
            assertThat(failure(TestApplication.withJdbc(database).with(NoTransactions.class)))
                    .isInstanceOf(UnusableEventStoreException.class)
                    .hasMessageContainingAll("NoTransactionManager", "PlatformTransactionManager");
        }
    }

    @Nested
    class Without_the_tables_of_the_index {

        @Test
        void names_the_SQL_file_and_the_property() {
            assertThat(failure(TestApplication.withJdbc(TestDatabase.postgres().withAxonTables())))
                    .isInstanceOf(MissingIndexTablesException.class)
                    .hasMessageContainingAll(
                            "coherence_link",
                            "dev/coherence/schema/postgresql.sql",
                            "axon.coherence.schema.initialize=always");
        }

        @Test
        void is_none_where_scripts_create_them() {
            try (ConfigurableApplicationContext context = TestApplication.withJdbc(
                            TestDatabase.postgres().withAxonTables())
                    .with(
                            "spring.sql.init.mode=always",
                            "spring.sql.init.schema-locations=classpath:dev/coherence/schema/postgresql.sql")
                    .start()) {
                assertThat(Shelf.of(context).add("Neuromancer")).isEqualTo(1);
            }
        }

        @Test
        void an_embedded_database_is_no_exception_if_the_application_says_never() {
            assertThat(failure(TestApplication.withJdbc(
                                    TestDatabase.h2LikePostgres().withAxonTables())
                            .with("axon.coherence.schema.initialize=never")))
                    .isInstanceOf(MissingIndexTablesException.class)
                    .hasMessageContaining("dev/coherence/schema/h2.sql");
        }
    }

    private static CoherenceStartException failure(TestApplication application) {
        Throwable failure = catchThrowable(() -> application.start().close());
        assertThat(failure).as("the application started").isNotNull();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CoherenceStartException found) {
                return found;
            }
        }
        throw new AssertionError("failed otherwise", NestedExceptionUtils.getMostSpecificCause(failure));
    }

    static class AxonServer {

        @Bean
        EventStore axonServerEventStore() {
            return new StubOfAxonServerEventStore();
        }
    }

    static class UnknownEngine {

        @Bean
        EventStorageEngine eventStorageEngine() {
            return new SequenceEventStorageEngine(new InMemoryEventStorageEngine(1), new InMemoryEventStorageEngine(1));
        }
    }

    static class OwnJdbcEngine {

        @Bean
        EventStorageEngine eventStorageEngine(ConnectionProvider connections, TransactionManager transactions) {
            return JdbcEventStorageEngine.builder()
                    .connectionProvider(connections)
                    .transactionManager(transactions)
                    .build();
        }
    }

    static class OwnLog {

        @Bean
        EventLog log() {
            return new InMemoryEventLog();
        }
    }

    static class OwnLogAndIndex extends OwnLog {

        @Bean
        EventIndex index() {
            return new InMemoryEventIndex(new InMemoryEventStorageEngine(1), StreamNames.withoutAnnotatedKinds());
        }
    }

    static class HiddenEngine {

        @Bean
        EventStore eventStore() {
            return EmbeddedEventStore.builder()
                    .storageEngine(new InMemoryEventStorageEngine(1))
                    .build();
        }
    }

    static class NoTransactions {

        @Bean
        TransactionManager axonTransactionManager() {
            return NoTransactionManager.INSTANCE;
        }
    }
}
