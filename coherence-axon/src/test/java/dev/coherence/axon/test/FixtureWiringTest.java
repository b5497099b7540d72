package dev.coherence.axon.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.Key;
import dev.coherence.axon.annotation.NotPatched;
import dev.coherence.axon.annotation.OnConflict;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.test.Book.BookRevised;
import dev.coherence.axon.test.Book.ExpireKey;
import dev.coherence.axon.test.Book.KeyExpired;
import dev.coherence.axon.test.Book.RenameBook;
import dev.coherence.axon.test.Book.ReviseBook;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.Revision;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.AbstractAggregateFactory;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.test.FixtureExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FixtureWiringTest {

    private static final BookRevised FIRST = new BookRevised("1", "Neuromancer", BigDecimal.TEN);
    private static final BookRevised SECOND = new BookRevised("1", "Idoru", null);

    record Shorten(@TargetRevision Revision base, String isbn) {}

    record ShortenAll(@TargetRevision Revision base) {}

    @Nested
    class A_handler_outside_of_the_aggregate {

        private final CoherenceTestFixture<Book> fixture = new CoherenceTestFixture<>(Book.class);
        private final List<Long> unseen = new ArrayList<>();

        class Handler {
            private final Repository<Book> books = fixture.getRepository();

            @CommandHandler
            void handle(Shorten command, Conflicts conflicts) {
                Identity book = Identity.of("Book", command.isbn());
                conflicts.unseen(book).forEach(event -> unseen.add(event.sequenceNumber()));
                books.load(command.isbn()).execute(loaded -> loaded.handle(new RenameBook("1", "N")));
            }

            @CommandHandler
            void handle(ShortenAll command, CommandBus commands) {
                Object unused = DefaultCommandGateway.builder()
                        .commandBus(commands)
                        .build()
                        .sendAndWait(new RenameBook("1", "N"));
            }
        }

        @Test
        void asks_for_conflicts_before_it_loads() {
            fixture.registerAnnotatedCommandHandler(new Handler())
                    .given(FIRST)
                    .andGivenEffect("recalled", Identity.of("Book", "1"))
                    .andGiven(SECOND)
                    .when(new Shorten(Revision.of(0, 1), "1"))
                    .expectConflict()
                    .with(2, 3);
            assertThat(unseen).containsExactly(2L, 3L);
        }

        @Test
        void finds_nothing_where_nothing_is() {
            fixture.registerAnnotatedCommandHandler(new Handler())
                    .givenNoPriorActivity()
                    .when(new Shorten(Revision.at(0), "1"))
                    .expectException(org.axonframework.modelling.command.AggregateNotFoundException.class);
            assertThat(unseen).isEmpty();
        }

        @Test
        void hands_its_base_on_to_what_it_sends() {
            fixture.registerAnnotatedCommandHandler(new Handler())
                    .given(FIRST, SECOND)
                    .when(new ShortenAll(Revision.of(0, 1)))
                    .expectConflict()
                    .with(2);
        }

        @Test
        void is_registered_by_name_or_type() {
            fixture.registerCommandHandler(Shorten.class, command -> "short")
                    .registerCommandHandler("other", command -> "other")
                    .given(FIRST)
                    .when(new Shorten(null, "1"))
                    .expectResultMessagePayload("short")
                    .expectNoConflict();
        }
    }

    @Nested
    class Interceptors {

        @Test
        void may_tell_the_base() {
            new CoherenceTestFixture<>(Book.class)
                    .registerCommandDispatchInterceptor(
                            commands -> (i, command) -> command.andMetaData(Map.of(CoherenceMetaData.BASE, "0@1")))
                    .given(FIRST, SECOND)
                    .when(new RenameBook("1", "Count Zero"))
                    .expectConflict()
                    .with(2);
        }
    }

    @Nested
    class Without_a_command {

        @Test
        void an_aggregate_is_called() {
            new CoherenceTestFixture<>(Book.class)
                    .given(FIRST)
                    .andGivenEffect("recalled", Identity.of("Book", "1"))
                    .whenInvoking("1", book -> book.handle(new ExpireKey("1", "17")))
                    .expectNoConflict()
                    .expectEvents(new KeyExpired("17"))
                    .expectEffects(new Effect("key-expired", Identity.of("encryption-key", "17")));
        }

        @Test
        void an_aggregate_is_created() {
            new CoherenceTestFixture<>(Child.class)
                    .givenNoPriorActivity()
                    .whenConstructing(() -> new Child("2"))
                    .expectEvents(new Published("2", "child"));
        }
    }

    record Publish(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base) {}

    record Announced(String text) {}

    @ActionEvent(reason = "publish")
    record Published(String isbn, String by) {}

    static class Novel {
        @AggregateIdentifier
        String isbn;

        Novel() {}

        @CommandHandler
        void handle(Publish command, EventBus events, StringBuilder log) {
            log.append("handled");
            events.publish(GenericEventMessage.asEventMessage(new Announced(command.isbn())));
            apply(new Published(command.isbn(), getClass().getSimpleName()));
        }

        @EventSourcingHandler
        void on(Published event) {
            isbn = event.isbn();
        }
    }

    @Nested
    class Resources {

        @Test
        void are_injected_and_the_event_bus_is_the_guarded_one() {
            StringBuilder log = new StringBuilder();
            CoherenceTestFixture<Novel> fixture =
                    new CoherenceTestFixture<>(Novel.class).registerInjectableResource(log);
            fixture.given(new Published("1", "A"))
                    .when(new Publish("1", Revision.of(0, 1)))
                    .expectNoConflict()
                    .expectEvents(new Announced("1"), new Published("1", "Novel"));
            assertThat(log).hasToString("handled");
            assertThat(fixture.getEventStore().readEvents("1").asStream()).hasSize(2);
        }
    }

    @Nested
    class Repositories {

        @Test
        void may_be_registered_if_they_use_the_event_store_of_the_fixture() {
            CoherenceTestFixture<Book> fixture = new CoherenceTestFixture<>(Book.class);
            fixture.registerRepository(EventSourcingRepository.builder(Book.class)
                            .eventStore(fixture.getEventStore())
                            .build())
                    .given(FIRST, SECOND)
                    .when(new ReviseBook("1", Revision.of(0, 1), Set.of(), "Count Zero", null))
                    .expectConflict()
                    .with(2);
        }

        @Test
        void may_have_a_factory_of_their_own() {
            List<String> made = new ArrayList<>();
            new CoherenceTestFixture<>(Book.class)
                    .registerAggregateFactory(new AbstractAggregateFactory<>(Book.class) {
                        @Override
                        @SuppressWarnings("rawtypes") // as Axon declares it
                        protected Book doCreateAggregate(String identifier, DomainEventMessage firstEvent) {
                            made.add(identifier);
                            return new Book();
                        }
                    })
                    .given(FIRST, SECOND)
                    .when(new ReviseBook("1", Revision.of(0, 1), Set.of(), "Count Zero", null))
                    .expectConflict();
            assertThat(made).containsOnly("1");
        }
    }

    record Write(
            @TargetAggregateIdentifier String id,
            @TargetRevision Revision base,
            String text) {}

    @ActionEvent(reason = "write")
    record Written(String id, String text) {}

    @AggregateRoot(type = "work")
    @OnConflict(ConflictPolicy.MERGE)
    static class Work {
        @AggregateIdentifier
        String id;

        Work() {}

        @CommandHandler
        void handle(Write command) {
            apply(new Written(command.id(), getClass().getSimpleName() + command.text()));
        }

        @EventSourcingHandler
        void on(Written event) {
            id = event.id();
        }
    }

    @AggregateRoot(type = "poem")
    static class Poem extends Work {
        Poem() {}
    }

    @Nested
    class A_polymorphic_aggregate {

        @Test
        void has_the_events_of_all_its_types() {
            new CoherenceTestFixture<>(Work.class)
                    .withSubtypes(Poem.class)
                    .given(
                            new GenericDomainEventMessage<>("poem", "1", 0, new Written("1", "A")),
                            new Written("1", "PoemC"),
                            new Written("1", "B"))
                    .when(new Write("1", Revision.of(0, 1), "C"))
                    .expectConflict()
                    .onPath("text")
                    .with(2, 3);
        }

        @Test
        void has_the_policy_of_its_root() {
            new CoherenceTestFixture<>(Work.class)
                    .withSubtypes(Poem.class)
                    .given(new Written("1", "A"), new Written("1", "WorkC"))
                    .when(new Write("1", Revision.of(0, 1), "C"))
                    .expectMerged(2);
        }
    }

    record Split(
            @TargetAggregateIdentifier String id,
            @TargetRevision Revision base) {}

    static class Parent {
        @AggregateIdentifier
        String id;

        Parent() {}

        @CommandHandler
        Parent(Split command) throws Exception {
            apply(new Written(command.id(), "parent"));
            AggregateLifecycle.createNew(Child.class, () -> new Child("2"));
        }

        @CommandHandler
        void handle(Write command) {
            apply(new Written(command.id(), command.text()));
        }

        @EventSourcingHandler
        void on(Written event) {
            id = event.id();
        }
    }

    static class Child {
        @AggregateIdentifier
        String id;

        Child() {}

        Child(String id) {
            apply(new Published(id, "child"));
        }

        @EventSourcingHandler
        void on(Published event) {
            id = event.isbn();
        }
    }

    @Nested
    class Other_aggregates {

        @Test
        void may_be_created_by_a_given_command() {
            new CoherenceTestFixture<>(Parent.class)
                    .givenCommands(new Split("1", null))
                    .andGiven(new Written("1", "more"))
                    .andGiven(new Written("1", "most"))
                    .when(new Write("1", Revision.ofVersion(1), "last"))
                    .expectConflict()
                    .with(4);
        }

        @Test
        void may_be_created_by_a_handler() {
            new CoherenceTestFixture<>(Parent.class)
                    .givenNoPriorActivity()
                    .when(new Split("1", Revision.at(0)))
                    .expectNoConflict()
                    .expectEvents(new Published("2", "child"), new Written("1", "parent"));
        }
    }

    @ActionEvent(reason = " ")
    record Wrong(String id, @Key("a") @NotPatched String a) {}

    static class Mistaken {
        @AggregateIdentifier
        String id;

        Mistaken() {}

        @EventSourcingHandler
        void on(Wrong event) {
            id = event.id();
        }
    }

    /** A class of its own, which can be an identifier only. */
    static final class ShelfId {
        @Override
        public String toString() {
            return "shelf";
        }
    }

    @ActionEvent(reason = "shelve")
    record Shelved(String isbn, ShelfId shelfId) {}

    static class Shelf {
        @AggregateIdentifier
        String isbn;

        Shelf() {}

        @EventSourcingHandler
        void on(Shelved event) {
            isbn = event.isbn();
        }
    }

    @Nested
    class Mistakes {

        @Test
        void in_events_are_told_as_at_the_start_of_an_application_which_knows_the_identifier() {
            CoherenceTestFixture<Shelf> fixture = new CoherenceTestFixture<>(Shelf.class);
            assertThatThrownBy(fixture::givenNoPriorActivity)
                    .isInstanceOf(FixtureExecutionException.class)
                    .hasMessageContaining("Shelved.shelfId");
        }

        @Test
        void of_the_aggregate_are_told_at_the_first_given_step() {
            CoherenceTestFixture<Mistaken> fixture = new CoherenceTestFixture<>(Mistaken.class);
            assertThatThrownBy(fixture::givenNoPriorActivity)
                    .isInstanceOf(FixtureExecutionException.class)
                    .hasMessageStartingWith("An application with this aggregate would not start:\n- ")
                    .hasMessageContaining("@NotPatched");
        }
    }
}
