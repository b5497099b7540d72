package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.axon.AxonEventLog;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.EventLog;
import dev.coherence.log.InMemoryEventLog;
import dev.coherence.revision.Revision;
import dev.coherence.spring.boot.GuardWiringTest.Revise;
import java.lang.reflect.Proxy;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Who makes the log says nothing of whether the commands of aggregates are to be checked. */
class OwnLogTest {

    private final TestDatabase database = TestDatabase.h2LikePostgres().withAxonTables();
    private @Nullable ConfigurableApplicationContext context;

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
    }

    private void start(Class<?> configuration) {
        context = TestApplication.withJdbc(database)
                .with(GuardWiringTest.Book.class)
                .with(configuration)
                .start();
    }

    private void send(Object command) {
        context.getBean(CommandGateway.class).sendAndWait(command);
    }

    @ParameterizedTest
    @ValueSource(classes = {OtherLog.class, OwnAxonLog.class, WrappedLog.class})
    void commands_are_checked(Class<?> log) {
        start(log);
        send(new Revise("1", null, "Idoru", "9"));
        send(new Revise("1", Revision.of(0, 1), "All Tomorrow's Parties", null));

        assertThatThrownBy(() -> send(new Revise("1", Revision.of(0, 1), null, "10")))
                .isInstanceOf(ConflictException.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {OtherLog.class, OwnAxonLog.class, WrappedLog.class})
    void links_are_recorded_once(Class<?> log) {
        start(log);
        send(new Revise("1", null, "Idoru", "9"));

        assertThat(context.getBean(EventIndex.class).linkedTriggers(List.of(Identity.of("Book", "1"))))
                .containsExactly(Identity.of("rate", "EUR"));
        assertThat(database.query("SELECT COUNT(*) FROM coherence_link")).containsExactly("1");
    }

    @Test
    void an_index_of_the_application_is_what_the_guard_works_on() {
        start(OtherLogAndOwnIndex.class);
        send(new Revise("1", null, "Idoru", "9"));

        assertThat(context.getBean(EventIndex.class)).isInstanceOf(InMemoryEventIndex.class);
        assertThatThrownBy(() -> send(new Revise("1", Revision.of(7, 1), "x", null)))
                .isInstanceOf(InvalidCommandException.class);
    }

    /** Knows nothing of Axon. */
    static class OtherLog {

        @Bean
        EventLog log() {
            return new InMemoryEventLog();
        }
    }

    static class OwnAxonLog {

        @Bean
        AxonEventLog log(EventStore store, TransactionManager transactions, EventIndex index) {
            return axonLog(store, transactions, index);
        }
    }

    /** Which kind of log it is cannot be seen. */
    static class WrappedLog {

        @Bean
        EventLog log(EventStore store, TransactionManager transactions, EventIndex index) {
            AxonEventLog wrapped = axonLog(store, transactions, index);
            return (EventLog) Proxy.newProxyInstance(
                    EventLog.class.getClassLoader(),
                    new Class<?>[] {EventLog.class},
                    (proxy, method, arguments) -> method.invoke(wrapped, arguments));
        }
    }

    private static AxonEventLog axonLog(EventStore store, TransactionManager transactions, EventIndex index) {
        return AxonEventLog.builder()
                .eventStore(store)
                .transactionManager(transactions)
                .index(index)
                .build();
    }

    @Import(OtherLog.class)
    static class OtherLogAndOwnIndex {

        @Bean
        InMemoryEventStorageEngine engine() {
            return new InMemoryEventStorageEngine(1);
        }

        @Bean
        EventIndex index(InMemoryEventStorageEngine engine, StreamNames names) {
            return new InMemoryEventIndex(engine, names);
        }
    }
}
