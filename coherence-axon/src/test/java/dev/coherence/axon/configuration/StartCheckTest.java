package dev.coherence.axon.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Effect;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.UnusableConfigurationException;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.ConflictHandler;
import dev.coherence.axon.annotation.Key;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.revision.Revision;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.axonserver.connector.event.axon.StubOfAxonServerEventStore;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.common.jpa.SimpleEntityManagerProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.disruptor.commandhandling.StubOfDisruptorCommandBus;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.GenericJpaRepository;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StartCheckTest {

    record Revise(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base) {}

    record Rename(@TargetAggregateIdentifier String isbn) {}

    record TwoRevisions(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base,
            @TargetRevision Revision other) {}

    @ActionEvent(reason = "revise")
    record Revised(String isbn, String title) {}

    @ActionEvent(reason = "break")
    record Unpatchable(
            String isbn, Thread thread, @Key("a..b") String title) {}

    static class Sound {
        @AggregateIdentifier
        String isbn;

        @CommandHandler
        void handle(Revise command) {}

        @EventSourcingHandler
        void on(Revised event) {}

        @ConflictHandler
        Resolution on(Revised ours, Revised theirs) {
            return Resolution.accept();
        }
    }

    static class Broken {
        @AggregateIdentifier
        String isbn;

        @CommandHandler
        void handle(TwoRevisions command) {}

        @EventSourcingHandler
        void on(Unpatchable event) {}

        @ConflictHandler
        boolean noResolution(Revised ours, Revised theirs) {
            return true;
        }

        @ConflictHandler
        Resolution oneEvent(Revised ours) {
            return Resolution.accept();
        }

        @ConflictHandler
        Resolution effectFirst(Effect ours, Revised theirs) {
            return Resolution.accept();
        }

        @ConflictHandler
        Resolution twin(Revised ours, Unpatchable theirs) {
            return Resolution.accept();
        }

        @ConflictHandler
        Resolution otherTwin(Revised ours, Unpatchable theirs) {
            return Resolution.accept();
        }
    }

    static class StateStored {
        @AggregateIdentifier
        String isbn;

        @CommandHandler
        void handle(Rename command) {}
    }

    static class StateStoredWithRevision {
        @AggregateIdentifier
        String isbn;

        @CommandHandler
        void handle(Revise command) {}
    }

    private static final InMemoryEventStorageEngine ENGINE = new InMemoryEventStorageEngine(1);

    private static Configuration start(Consumer<Configurer> configuring) {
        return start(configuring, config -> new InMemoryEventIndex(ENGINE, config.getComponent(StreamNames.class)));
    }

    private static Configuration start(Consumer<Configurer> configuring, Function<Configuration, EventIndex> index) {
        Configurer configurer = DefaultConfigurer.defaultConfiguration().configureEmbeddedEventStore(config -> ENGINE);
        configuring.accept(configurer);
        CoherenceModule.builder()
                .settings(CoherenceSettings.withSource("test"))
                .index(index)
                .build()
                .configureModule(configurer);
        Configuration configuration = configurer.buildConfiguration();
        configuration.start();
        return configuration;
    }

    private static UnusableConfigurationException refusal(Consumer<Configurer> configuring) {
        return refusal(() -> start(configuring));
    }

    /** Axon reports a failed start with an exception of its own. */
    private static UnusableConfigurationException refusal(ThrowingCallable starting) {
        return (UnusableConfigurationException)
                Stream.iterate(catchThrowable(starting), Objects::nonNull, Throwable::getCause)
                        .filter(UnusableConfigurationException.class::isInstance)
                        .findFirst()
                        .orElseThrow();
    }

    private static <T> AggregateConfigurer<T> stateStored(Class<T> type) {
        EntityManager entityManager = (EntityManager) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, arguments) -> null);
        return AggregateConfigurer.defaultConfiguration(type)
                .configureRepository(config -> GenericJpaRepository.builder(type)
                        .entityManagerProvider(new SimpleEntityManagerProvider(entityManager))
                        .eventBus(config.eventBus())
                        .build());
    }

    @Nested
    class A_sound_configuration {

        @Test
        void starts() {
            start(configurer -> configurer.configureAggregate(Sound.class)).shutdown();
        }

        @Test
        void starts_without_aggregates() {
            start(configurer -> {}).shutdown();
        }

        @Test
        void starts_with_state_stored_aggregates_whose_commands_have_no_revision() {
            start(configurer -> configurer.configureAggregate(stateStored(StateStored.class)))
                    .shutdown();
        }
    }

    @Nested
    class Mistakes_in_classes {

        @Test
        void are_told_all_at_once() {
            UnusableConfigurationException refusal = refusal(
                    configurer -> configurer.configureAggregate(Broken.class).configureAggregate(Sound.class));

            assertThat(refusal.problems())
                    .anySatisfy(problem -> assertThat(problem)
                            .contains("Broken.noResolution")
                            .contains("must return dev.coherence.axon.conflict.Resolution, but returns boolean"))
                    .anySatisfy(problem ->
                            assertThat(problem).contains("Broken.oneEvent").contains("has two parameters"))
                    .anySatisfy(problem ->
                            assertThat(problem).contains("Broken.effectFirst").contains("never an Effect"))
                    .anySatisfy(problem -> assertThat(problem)
                            .contains("win(Revised, Unpatchable)")
                            .contains("take the same events"))
                    .anySatisfy(problem -> assertThat(problem)
                            .contains("@TargetRevision may stand once")
                            .contains("TwoRevisions.base and TwoRevisions.other"))
                    .anySatisfy(problem ->
                            assertThat(problem).contains("Unpatchable").contains("thread"))
                    .anySatisfy(problem ->
                            assertThat(problem).contains("Unpatchable").contains("a..b"))
                    .hasSize(7);
            refusal.problems().forEach(problem -> assertThat(refusal).hasMessageContaining("\n- " + problem));
        }
    }

    @AggregateRoot(type = "Sound")
    static class Namesake {
        @AggregateIdentifier
        String isbn;
    }

    @Nested
    class Aggregates_of_one_type {

        @Test
        void are_refused() {
            assertThat(catchThrowable(() -> start(configurer ->
                            configurer.configureAggregate(Sound.class).configureAggregate(Namesake.class))))
                    .hasStackTraceContaining("both store events under the type Sound")
                    .hasStackTraceContaining("name one of them with @AggregateRoot(type)");
        }
    }

    @Nested
    class What_is_not_supported {

        @Test
        void includes_the_disruptor_command_bus() {
            assertThat(refusal(configurer -> configurer.configureCommandBus(config -> new StubOfDisruptorCommandBus()))
                            .problems())
                    .singleElement()
                    .asString()
                    .contains("DisruptorCommandBus")
                    .contains("use a SimpleCommandBus");
        }

        @Test
        void includes_axon_server() {
            assertThat(refusal(configurer -> configurer.configureEventStore(config -> new StubOfAxonServerEventStore()))
                            .problems())
                    .singleElement()
                    .asString()
                    .contains("Axon Server")
                    .contains("use an EmbeddedEventStore");
        }

        @Test
        void includes_revisions_for_state_stored_aggregates() {
            assertThat(refusal(configurer -> configurer.configureAggregate(stateStored(StateStoredWithRevision.class)))
                            .problems())
                    .singleElement()
                    .asString()
                    .contains("StateStoredWithRevision")
                    .contains("[Revise]")
                    .contains("make it event-sourced");
        }

        @Test
        void includes_other_isolation_levels_than_read_committed() {
            try (HikariDataSource database = TestDatabases.h2WithoutAutoCommit()) {
                UnusableConfigurationException refusal = refusal(() -> start(
                        configurer -> {},
                        config -> JdbcEventIndex.builder()
                                .connectionProvider(() -> {
                                    Connection connection = database.getConnection();
                                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                                    return connection;
                                })
                                .transactionManager(NoTransactionManager.instance())
                                .serializer(config.eventSerializer())
                                .streamNames(config.getComponent(StreamNames.class))
                                .build()));

                assertThat(refusal.problems()).singleElement().asString().contains("READ COMMITTED");
            }
        }

        @Test
        void is_told_together_with_everything_else() {
            assertThat(refusal(configurer -> configurer
                                    .configureCommandBus(config -> new StubOfDisruptorCommandBus())
                                    .configureAggregate(Broken.class)
                                    .configureAggregate(stateStored(StateStoredWithRevision.class)))
                            .problems())
                    .hasSize(9);
        }
    }
}
