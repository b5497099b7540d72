package dev.coherence.axon.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.effect.Effects;
import dev.coherence.axon.effect.FireResult.Fired;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.processor.ReplayGroups;
import dev.coherence.axon.processor.ReplayingEventProcessingModule;
import dev.coherence.axon.processor.Replays;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.log.EventLog;
import dev.coherence.revision.Revision;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.scheduling.EventScheduler;
import org.axonframework.eventhandling.scheduling.ScheduleToken;
import org.axonframework.eventhandling.scheduling.java.SimpleEventScheduler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An application without Spring, and without a transaction manager. */
class CoherenceModuleTest {

    record Revise(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base,
            String title) {}

    @ActionEvent(reason = "revise")
    record Revised(String isbn, String title) {}

    static class Book {
        @AggregateIdentifier
        String isbn;

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Revise command) {
            apply(new Revised(command.isbn(), command.title()));
        }

        @EventSourcingHandler
        void on(Revised event) {
            isbn = event.isbn();
        }
    }

    private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine(1);

    private CoherenceModuleBuilder builder() {
        return CoherenceModule.builder()
                .settings(CoherenceSettings.withSource("shop"))
                .index(config -> new InMemoryEventIndex(engine, config.getComponent(StreamNames.class)));
    }

    private Configuration start(CoherenceModuleBuilder builder) {
        return start(builder, configurer -> {});
    }

    private Configuration start(CoherenceModuleBuilder builder, Consumer<Configurer> more) {
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(config -> engine)
                .configureAggregate(Book.class);
        builder.build().configureModule(configurer);
        more.accept(configurer);
        Configuration configuration = configurer.buildConfiguration();
        configuration.start();
        return configuration;
    }

    private static void send(Configuration axon, String title, Revision base) {
        axon.commandGateway().sendAndWait(new Revise("1", base, title));
    }

    @Nested
    class A_started_application {

        @Test
        void checks_commands() {
            Configuration axon = start(builder());
            send(axon, "Ubik", null);
            send(axon, "VALIS", Revision.ofVersion(0));

            assertThatThrownBy(() -> send(axon, "Eye", Revision.ofVersion(0))).isInstanceOf(ConflictException.class);
            axon.shutdown();
        }

        @Test
        void checks_them_by_the_policy_of_its_settings() {
            Configuration axon = start(
                    builder().settings(CoherenceSettings.withSource("shop").withPolicy(ConflictPolicy.MERGE)));
            send(axon, "Ubik", null);
            send(axon, "VALIS", Revision.ofVersion(0));
            send(axon, "VALIS", Revision.ofVersion(0));

            assertThat(axon.eventStore().readEvents("1").asStream()).hasSize(3);
            axon.shutdown();
        }

        @Test
        void offers_the_parts_of_coherence() {
            Configuration axon = start(builder());
            send(axon, "Ubik", null);

            assertThat(Stream.of(EventLog.class, EventIndex.class, StreamNames.class))
                    .allSatisfy(
                            type -> assertThat((Object) axon.getComponent(type)).isNotNull());
            assertThat(axon.getComponent(Coherence.class)
                            .state(Identity.of("Book", "1"))
                            .document()
                            .value()
                            .toJson())
                    .isEqualTo("{\"title\":\"Ubik\"}");
            axon.shutdown();
        }

        @Test
        void tells_of_replays_where_they_are_configured() {
            Configuration without = start(builder());
            assertThat(without.getComponent(Replays.class)).isNull();
            without.shutdown();

            Configuration with = start(builder().replays(ReplayGroups.marked()));
            assertThat(with.getComponent(Replays.class).progress()).isEmpty();
            assertThat(with.getComponent(Replays.class))
                    .isSameAs(((ReplayingEventProcessingModule) with.eventProcessingConfiguration()).replays());
            with.shutdown();
        }

        @Test
        void fires_effects_and_schedules_them_if_Axon_can() {
            Effect effect = new Effect("changed", Identity.of("rate", "EUR"));
            Configuration axon = start(builder());
            Effects effects = axon.getComponent(Effects.class);
            assertThat(effects.fire(effect)).isEqualTo(new Fired(1));
            assertThatThrownBy(() -> effects.schedule(effect, Instant.EPOCH))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("EventScheduler");
            axon.shutdown();

            ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
            Configuration scheduling = start(
                    builder(),
                    configurer -> configurer.registerComponent(
                            EventScheduler.class,
                            config -> SimpleEventScheduler.builder()
                                    .eventBus(config.eventBus())
                                    .scheduledExecutorService(executor)
                                    .build()));
            ScheduleToken token =
                    scheduling.getComponent(Effects.class).schedule(effect, Instant.parse("2999-12-31T00:00:00Z"));
            scheduling.getComponent(Effects.class).cancel(token);
            scheduling.shutdown();
            executor.shutdownNow();
        }

        @Test
        void asks_who_acts() {
            Configuration axon = start(builder().actors(command -> Optional.of(Identity.of("user", "bob"))));
            send(axon, "Ubik", null);
            DomainEventMessage<?> event = axon.eventStore().readEvents("1").next();

            assertThat(event.getMetaData())
                    .containsEntry("coherence-actor", "user:bob")
                    .containsEntry("coherence-source", "shop");
            axon.shutdown();
        }
    }

    @Nested
    class A_stopped_application {

        @Test
        void has_no_guard_any_more() {
            Configuration axon = start(builder());
            send(axon, "Ubik", null);
            axon.shutdown();
            axon.eventStore().publish(new GenericDomainEventMessage<>("Book", "1", 1, new Revised("1", "VALIS")));

            DomainEventMessage<?> event = axon.eventStore().readEvents("1", 1).next();
            assertThat(event.getMetaData()).isEmpty();
        }
    }

    @Nested
    class A_builder {

        @Test
        void needs_an_index_and_settings() {
            assertThatThrownBy(() -> CoherenceModule.builder().build())
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("index");
            assertThatThrownBy(() -> CoherenceModule.builder()
                            .index(config -> new InMemoryEventIndex(engine, StreamNames.withoutAnnotatedKinds()))
                            .build())
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("settings");
        }

        @Test
        void refuses_null() {
            assertThatThrownBy(() -> CoherenceModule.builder().index(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> CoherenceModule.builder().settings(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> CoherenceModule.builder().actors(null)).isInstanceOf(NullPointerException.class);
        }
    }
}
