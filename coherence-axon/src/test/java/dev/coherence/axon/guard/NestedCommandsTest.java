package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.guard.Book.Revise;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.revision.Revision;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Commands that a command handler sends on. */
class NestedCommandsTest extends OnEveryStore {

    record OpenCart(@TargetAggregateIdentifier String isbn) {}

    /** An aggregate that applies an event, sends commands on, and applies another event. */
    record Order(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            List<Object> sent) {}

    /** A handler outside of aggregates that sends commands on. */
    record SendOn(@TargetRevision @Nullable Revision base, List<Object> sent) {}

    /** The same, which goes on if one of them is refused. */
    record Try(@TargetRevision @Nullable Revision base, List<Object> sent) {}

    static class Cart {
        @AggregateIdentifier
        String isbn;

        Cart() {}

        @CommandHandler
        Cart(OpenCart command) {
            apply(new BookRevised(command.isbn(), "open", 0L));
        }

        @CommandHandler
        void handle(Order command, CommandGateway commands) {
            apply(new BookShelved(command.isbn(), "before"));
            command.sent().forEach(commands::sendAndWait);
            apply(new BookShelved(command.isbn(), "after"));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    record Sender(CommandGateway commands, Calls calls) {

        @CommandHandler
        void handle(SendOn command) {
            command.sent().forEach(commands::sendAndWait);
        }

        @CommandHandler
        void handle(Try command) {
            for (Object sent : command.sent()) {
                try {
                    commands.sendAndWait(sent);
                } catch (ConflictException e) {
                    calls.add(e);
                }
            }
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer
                .configureAggregate(Book.class)
                .configureAggregate(Cart.class)
                .registerCommandHandler((Configuration config) ->
                        new Sender(config.commandGateway(), config.getComponent(Calls.class)));
    }

    private String book() {
        String id = newId();
        send(new Revise(id, "Ubik", 1L));
        return id;
    }

    private String cart() {
        String id = newId();
        send(new OpenCart(id));
        return id;
    }

    @Nested
    class Without_a_revision_of_its_own {

        @Test
        void is_checked_against_that_of_the_command_before_it() {
            String book = book();
            Revision base = app.head();
            send(new Revise(book, "Ubik", 2L));

            ConflictReport report = conflictOf(() -> send(new SendOn(base, List.of(new Revise(book, "Ubik", 3L)))));
            assertThat(report.unresolved()).containsExactly(number(Book.KIND, book, 1));
            assertThat(report.command()).isEqualTo(SendOn.class.getName());
            send(new SendOn(app.head(), List.of(new Revise(book, "Ubik", 3L))));
        }

        @Test
        void passes_on_the_version_of_the_aggregate_that_it_changes_alone() {
            String book = book();
            send(new SendOn(Revision.ofVersion(0), List.of(new Revise(book, "Ubik", 2L))));
            assertThat(events(book)).hasSize(2);

            assertThat(conflictOf(() -> send(new SendOn(Revision.ofVersion(0), List.of(new Revise(book, "Ubik", 3L)))))
                            .unresolved())
                    .containsExactly(number(Book.KIND, book, 1));
        }

        @Test
        void is_refused_if_a_version_belongs_to_the_aggregate_before_it() {
            String cart = cart();
            String book = book();
            send(new Revise(book, "Ubik", 2L));

            assertThat(failureOf(
                            InvalidCommandException.class,
                            () -> send(new Order(cart, current(cart), List.of(new Revise(book, "Ubik", 2L))))))
                    .hasMessageContaining("has a version, which belongs to one aggregate");
        }

        @Test
        void may_make_an_aggregate_where_the_command_before_it_has_a_version() {
            String cart = cart();
            String book = newId();
            send(new Order(cart, current(cart), List.of(new Revise(book, "Ubik", 2L))));

            assertThat(events(cart)).hasSize(3);
            assertThat(events(book)).hasSize(1);
        }

        @Test
        void is_not_checked_if_the_command_before_it_has_none_either() {
            String book = book();
            send(new SendOn(null, List.of(new Revise(book, "Ubik", 2L))));

            assertThat(events(book)).hasSize(2);
        }
    }

    @Nested
    class With_a_revision_of_its_own {

        @Test
        void is_checked_against_it() {
            String book = book();
            Revision base = current(book);
            send(new Revise(book, "Ubik", 2L));

            ConflictReport report =
                    conflictOf(() -> send(new SendOn(app.head(), List.of(new Revise(book, "Ubik", 3L).on(base)))));
            assertThat(report.unresolved()).containsExactly(number(Book.KIND, book, 1));
            assertThat(report.command()).isEqualTo(Revise.class.getName());
        }

        @Test
        void is_checked_by_the_guard_where_it_is_not_refused_early() {
            String book = book();
            Revision base = current(book);
            send(new Revise(book, "Ubik", 2L));
            Object merging = new GenericCommandMessage<>(
                    new Revise(book, "Ubik", 3L).on(base), MetaData.with("coherence-policy", "merge"));

            assertThat(conflictOf(() -> send(new SendOn(app.head(), List.of(merging))))
                            .unresolved())
                    .containsExactly(number(Book.KIND, book, 1));
        }

        @Test
        void needs_none_of_the_command_before_it() {
            String cart = cart();
            String book = book();
            send(new Order(cart, current(cart), List.of(new Revise(book, "Ubik", 2L).on(current(book)))));

            assertThat(events(cart)).hasSize(3);
            assertThat(events(book)).hasSize(2);
        }

        @Test
        void may_be_refused_without_the_command_before_it() {
            String book = book();
            String other = book();
            Revision base = current(book);
            send(new Revise(book, "Ubik", 2L));
            calls.clear();
            send(new Try(app.head(), List.of(new Revise(book, "Ubik", 3L).on(base), new Revise(other, "Ubik", 3L))));

            assertThat(calls.all()).hasAtLeastOneElementOfType(ConflictException.class);
            assertThat(events(book)).hasSize(2);
            assertThat(events(other)).hasSize(2);
        }
    }

    @Nested
    class To_the_aggregate_that_sends_it {

        @Test
        void sees_its_own_events_as_seen() {
            String cart = cart();
            Revision base = current(cart);
            send(new Order(cart, base, List.of(new Order(cart, null, List.of()))));
            assertThat(events(cart)).hasSize(5);

            Revision next = current(cart);
            send(new Order(cart, next, List.of(new Order(cart, next, List.of()))));
            assertThat(events(cart)).hasSize(9);
        }
    }
}
