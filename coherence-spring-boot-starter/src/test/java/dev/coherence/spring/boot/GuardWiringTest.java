package dev.coherence.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.ResolutionLog;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.revision.Revision;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

class GuardWiringTest {

    private @Nullable ConfigurableApplicationContext context;

    @AfterEach
    void stop() {
        SecurityContextHolder.clearContext();
        if (context != null) {
            context.close();
        }
    }

    private ConfigurableApplicationContext start(Class<?> configuration, String... properties) {
        context = TestApplication.withJdbc(TestDatabase.h2LikePostgres().withAxonTables())
                .with(configuration)
                .with(properties)
                .start();
        return context;
    }

    private void send(Object command) {
        context.getBean(CommandGateway.class).sendAndWait(command);
    }

    private MetaData lastMetaData(String id) {
        return context.getBean(EventStore.class)
                .readEvents(id)
                .asStream()
                .reduce((first, second) -> second)
                .orElseThrow()
                .getMetaData();
    }

    @Nested
    class Commands {

        @Test
        void on_a_stale_revision_are_refused() {
            start(WithBook.class);
            send(new Revise("1", null, "Idoru", "9"));
            send(new Revise("1", Revision.of(0, 1), "All Tomorrow's Parties", null));

            assertThatThrownBy(() -> send(new Revise("1", Revision.of(0, 1), null, "10")))
                    .isInstanceOf(ConflictException.class);
        }

        @Test
        void follow_the_policy_of_the_properties() {
            start(WithBook.class, "axon.coherence.conflict-policy=merge");
            send(new Revise("1", null, "Idoru", "9"));
            send(new Revise("1", Revision.of(0, 1), "All Tomorrow's Parties", null));
            send(new Revise("1", Revision.of(0, 1), null, "10"));

            assertThat(context.getBean(ResolutionLog.class).of(Identity.of("Book", "1")))
                    .singleElement()
                    .satisfies(event -> assertThat(event.resolutions().merged()).containsExactly(2L));
        }

        @Test
        void are_in_conflict_with_effects_on_linked_triggers() {
            start(WithBook.class);
            send(new Revise("1", null, "Idoru", "9"));
            var unused = context.getBean(dev.coherence.Coherence.class)
                    .rebase(Revision.at(0))
                    .effect(e -> e.reason("changed").trigger("rate", "EUR"))
                    .execute();

            assertThatThrownBy(() -> send(new Revise("1", Revision.of(0, 1), "x", null)))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("effect \"changed\" on \"rate:EUR\"");
        }

        @Test
        void name_the_source_of_the_properties() {
            start(WithBook.class, "axon.coherence.source=shop");
            send(new Revise("1", null, "Idoru", "9"));

            assertThat(lastMetaData("1"))
                    .containsEntry(CoherenceMetaData.SOURCE, "shop")
                    .containsEntry(CoherenceMetaData.REASON, "revise")
                    .containsEntry(CoherenceMetaData.TRIGGERS, "rate:EUR");
        }
    }

    @Test
    void event_classes_are_looked_at_once_by_guard_and_index() {
        start(WithBook.class);

        assertThat(context.getBean(EventIndex.class))
                .extracting("links.codec.typedEvents.descriptors")
                .isSameAs(context.getBean(EventDescriptors.class));
    }

    @Nested
    class Actors {

        @Test
        void are_users_of_spring_security() {
            start(WithBook.class);
            logIn(new TestingAuthenticationToken("alice", "secret", "USER"));
            send(new Revise("1", null, "Idoru", "9"));

            assertThat(lastMetaData("1")).containsEntry(CoherenceMetaData.ACTOR, "user:alice");
        }

        @Test
        void are_unknown_where_nobody_is_logged_in() {
            start(WithBook.class);
            logIn(new AnonymousAuthenticationToken("key", "anonymous", AuthorityUtils.createAuthorityList("NOBODY")));
            send(new Revise("1", null, "Idoru", "9"));

            assertThat(lastMetaData("1")).doesNotContainKey(CoherenceMetaData.ACTOR);
        }

        @Test
        void of_the_metadata_go_first() {
            start(WithBook.class);
            logIn(new TestingAuthenticationToken("alice", "secret", "USER"));
            context.getBean(CommandGateway.class)
                    .sendAndWait(new org.axonframework.commandhandling.GenericCommandMessage<>(
                            new Revise("1", null, "Idoru", "9"), MetaData.with(CoherenceMetaData.ACTOR, "job:import")));

            assertThat(lastMetaData("1")).containsEntry(CoherenceMetaData.ACTOR, "job:import");
        }

        @Test
        void come_from_the_provider_of_the_application_if_it_has_one() {
            start(WithOwnActors.class);
            logIn(new TestingAuthenticationToken("alice", "secret", "USER"));
            send(new Revise("1", null, "Idoru", "9"));

            assertThat(lastMetaData("1")).containsEntry(CoherenceMetaData.ACTOR, "tenant:7");
        }

        private void logIn(Authentication user) {
            SecurityContextHolder.getContext().setAuthentication(user);
        }
    }

    @Nested
    @ExtendWith(OutputCaptureExtension.class)
    class Mistakes {

        @Test
        void stop_the_start_and_are_all_told(CapturedOutput output) {
            assertThatThrownBy(() -> start(WithMistakes.class)).isInstanceOf(RuntimeException.class);

            assertThat(output)
                    .contains("APPLICATION FAILED TO START", "Action:", "axon.coherence.enabled=false")
                    .contains("@TargetRevision may stand once in a command", "WithTwo.one and WithTwo.two")
                    .contains("a @ConflictHandler must return", "has two parameters");
        }
    }

    record Revise(
            @TargetAggregateIdentifier String id,
            @TargetRevision @Nullable Revision base,
            @Nullable String title,
            @Nullable String price) {}

    @ActionEvent(reason = "revise")
    record Revised(
            String id,
            @LinkedTo("rate") String currency,
            @Nullable String title,
            @Nullable String price) {}

    @Import(Book.class)
    static class WithBook {}

    @Import(Book.class)
    static class WithOwnActors {

        @Bean
        ActorProvider actors() {
            return command -> Optional.of(Identity.of("tenant", "7"));
        }
    }

    @Aggregate
    static class Book {

        @AggregateIdentifier
        String id;

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Revise command) {
            apply(new Revised(command.id(), "EUR", command.title(), command.price()));
        }

        @EventSourcingHandler
        void on(Revised event) {
            id = event.id();
        }
    }

    @Import(Wrong.class)
    static class WithMistakes {}

    record WithTwo(
            @TargetAggregateIdentifier String id,
            @TargetRevision String one,
            @TargetRevision String two) {}

    @Aggregate
    static class Wrong {

        @AggregateIdentifier
        String id;

        @CommandHandler
        void handle(WithTwo command) {}

        @dev.coherence.axon.annotation.ConflictHandler
        void on(Revised ours) {}
    }
}
