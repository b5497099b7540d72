package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.createNew;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.revision.Revision;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every way in which a command gets to its aggregate, or makes it. */
class CreationTest extends OnEveryStore {

    record Open(String isbn, @TargetRevision Revision base) {}

    record OpenAlways(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base) {}

    record Write(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base,
            String text) {}

    record Note(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base,
            String text) {}

    record Fork(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base,
            String other) {}

    static class Journal {
        @AggregateIdentifier
        String isbn;

        Journal() {}

        Journal(String isbn) {
            apply(new BookRevised(isbn, "forked", null));
        }

        @CommandHandler
        Journal(Open command) {
            apply(new BookRevised(command.isbn(), "opened", null));
        }

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.ALWAYS)
        void handle(OpenAlways command) {
            apply(new BookRevised(command.isbn(), "opened", null));
        }

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Write command) {
            apply(new BookRevised(command.isbn(), command.text(), null));
        }

        @CommandHandler
        void handle(Note command) {
            apply(new BookRevised(command.isbn(), command.text(), null));
        }

        @CommandHandler
        void handle(Fork command) throws Exception {
            createNew(Journal.class, () -> new Journal(command.other()));
            apply(new BookShelved(command.isbn(), command.other()));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(Journal.class);
    }

    private static Identity journal(String id) {
        return Identity.of("Journal", id);
    }

    /** A command of each kind that makes a new aggregate. */
    private static Stream<Object> creating(String id, Revision base) {
        return Stream.of(new Open(id, base), new OpenAlways(id, base), new Write(id, base, "text"));
    }

    @Nested
    class A_new_aggregate {

        @Test
        void is_made_on_a_position() {
            creating("any", app.head()).forEach(any -> {
                String id = newId();
                send(withId(any, id));
                assertThat(events(id)).hasSize(1);
                assertThat(WithoutRevisionTest.ours(last(id))).containsOnlyKeys("coherence-reason", "coherence-source");
            });
        }

        @Test
        void is_in_conflict_with_an_unseen_effect_on_its_identity() {
            String id = newId();
            Revision base = app.head();
            long effect = app.fire(journal(id));

            creating(id, base)
                    .forEach(command -> assertThat(
                                    conflictOf(() -> send(command)).unresolved())
                            .as("%s", command)
                            .containsExactly(effect));
        }

        @Test
        void is_made_over_an_effect_that_is_resolved() {
            creating("any", app.head()).forEach(any -> {
                String id = newId();
                long effect = app.fire(journal(id));
                app.send(withId(any, id), MetaData.with("coherence-resolved", String.valueOf(effect)));
                assertThat(resolutions(id).listed()).containsExactly(effect);
            });
        }

        @Test
        void has_no_version_yet_that_anybody_could_have_read() {
            String id = newId();
            creating(id, Revision.ofVersion(0))
                    .forEach(command -> assertThat(failureOf(InvalidCommandException.class, () -> send(command)))
                            .as("%s", command)
                            .hasMessageContaining("has a version")
                            .hasMessageContaining("does not exist yet"));
        }

        private Object withId(Object command, String id) {
            if (command instanceof Open open) {
                return new Open(id, open.base());
            }
            return command instanceof OpenAlways always
                    ? new OpenAlways(id, always.base())
                    : new Write(id, ((Write) command).base(), "text");
        }
    }

    @Nested
    class An_existing_aggregate {

        @Test
        void is_checked_by_handlers_that_would_create_it() {
            String id = newId();
            send(new Open(id, app.head()));
            Revision base = current(id);
            send(new Write(id, base, "theirs"));

            assertThat(conflictOf(() -> send(new Write(id, base, "ours"))).unresolved())
                    .containsExactly(number("Journal", id, 1));
            assertThat(conflictOf(() -> send(new Write(id, Revision.ofVersion(0), "ours")))
                            .unresolved())
                    .containsExactly(number("Journal", id, 1));
            assertThat(conflictOf(() -> send(new Write(id, base.withoutVersion(), "ours")))
                            .unresolved())
                    .containsExactly(number("Journal", id, 1));
        }

        @Test
        void is_checked_by_handlers_that_need_it() {
            String id = newId();
            send(new Open(id, app.head()));
            Revision base = current(id);
            send(new Note(id, base, "theirs"));

            assertThat(conflictOf(() -> send(new Note(id, base, "ours"))).unresolved())
                    .containsExactly(number("Journal", id, 1));
            send(new Note(id, current(id), "ours"));
        }
    }

    @Nested
    class An_aggregate_that_a_handler_spawns {

        @Test
        void does_not_count_where_the_revision_has_a_version() {
            String id = newId();
            String other = newId();
            send(new Open(id, null));
            send(new Fork(id, current(id), other));

            assertThat(events(id)).hasSize(2);
            assertThat(events(other)).hasSize(1);
            assertThat(WithoutRevisionTest.ours(last(other))).containsOnlyKeys("coherence-reason", "coherence-source");
        }

        @Test
        void is_not_made_if_its_maker_is_in_conflict() {
            String id = newId();
            String other = newId();
            send(new Open(id, null));
            Revision base = current(id);
            send(new Note(id, null, "theirs"));

            conflictOf(() -> app.send(new Fork(id, base, other), MetaData.with("coherence-policy", "merge")));
            assertThat(events(other)).isEmpty();
        }

        @Test
        void is_in_conflict_with_an_unseen_effect_on_its_identity() {
            String id = newId();
            String other = newId();
            send(new Open(id, null));
            Revision base = current(id);
            long effect = app.fire(journal(other));

            assertThat(conflictOf(() -> send(new Fork(id, base, other))).unresolved())
                    .containsExactly(effect);
        }
    }
}
