package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.guard.Book.Expire;
import dev.coherence.axon.guard.Book.Pay;
import dev.coherence.axon.guard.Book.Revise;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.revision.Revision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Event handlers in the thread of the command that send commands in turn: reactions, not parts. */
class SubscribingHandlersTest extends OnEveryStore {

    /** What the reaction to a bell will send. */
    private static final AtomicReference<Deque<Object>> REACTIONS = new AtomicReference<>(new ArrayDeque<>());

    record Ring(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base) {}

    static class Bell {
        @AggregateIdentifier
        String isbn;

        Bell() {}

        @CommandHandler
        @org.axonframework.modelling.command.CreationPolicy(
                org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Ring command) {
            apply(new BookShelved(command.isbn(), "rung"));
        }

        @EventSourcingHandler
        void on(BookShelved event) {
            isbn = event.isbn;
        }
    }

    record Reactor(CommandGateway commands, Calls calls) {

        @EventHandler
        void on(BookShelved event) {
            calls.add(event.isbn);
            Object next = REACTIONS.get().poll();
            if (next != null) {
                commands.sendAndWait(next);
            }
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer
                .configureAggregate(Book.class)
                .configureAggregate(Bell.class)
                .eventProcessing(processing -> processing
                        .usingSubscribingEventProcessors()
                        .registerDefaultListenerInvocationErrorHandler(config -> PropagatingErrorHandler.instance())
                        .registerEventHandler(
                                config -> new Reactor(config.commandGateway(), config.getComponent(Calls.class))));
    }

    private void ring(String bell, @Nullable Revision base, Object... reactions) {
        Deque<Object> queue = new ArrayDeque<>(List.of(reactions));
        REACTIONS.set(queue);
        send(new Ring(bell, base));
        assertThat(queue).isEmpty();
    }

    private String book() {
        String id = newId();
        send(new Revise(id, "Ubik", 1L));
        return id;
    }

    private String bell() {
        String id = newId();
        ring(id, null);
        return id;
    }

    @Nested
    class A_reaction {

        @Test
        void without_a_revision_is_not_checked() {
            String bell = bell();
            String book = book();
            Revision base = current(bell);
            app.fire(Identity.of(Book.KIND, book));
            ring(bell, base, new Revise(book, "Ubik", 2L));

            assertThat(events(book)).hasSize(2);
            assertThat(events(bell)).hasSize(2);
            assertThat(WithoutRevisionTest.ours(last(book))).containsOnlyKeys("coherence-reason", "coherence-source");
        }

        @Test
        void with_a_revision_is_checked_and_takes_the_command_with_it() {
            String bell = bell();
            String book = book();
            Revision base = current(book);
            send(new Revise(book, "Ubik", 2L));

            assertThat(conflictOf(() -> ring(bell, null, new Revise(book, "Ubik", 3L).on(base)))
                            .unresolved())
                    .containsExactly(number(Book.KIND, book, 1));
            assertThat(events(bell)).hasSize(1);
        }

        @Test
        void with_a_revision_is_checked_for_effects_by_the_guard() {
            String bell = bell();
            String book = book();
            Revision base = current(book);
            long effect = app.fire(Identity.of(Book.KIND, book));

            assertThat(conflictOf(() -> ring(bell, null, new Revise(book, "Ubik", 3L).on(base)))
                            .unresolved())
                    .containsExactly(effect);
            assertThat(events(bell)).hasSize(1);
        }

        @Test
        void with_a_current_revision_passes() {
            String bell = bell();
            String book = book();
            ring(bell, current(bell), new Revise(book, "Ubik", 2L).on(current(book)));

            assertThat(events(book)).hasSize(2);
        }
    }

    @Nested
    class What_the_same_unit_of_work_appended {

        @Test
        void is_never_unseen() {
            String bell = bell();
            Revision base = current(bell);
            ring(bell, base, new Ring(bell, base));

            assertThat(events(bell)).hasSize(3);
        }

        @Test
        void is_never_unseen_for_the_strictest_chain() {
            String bell = bell();
            Revision base = current(bell);
            ring(bell, base, new Ring(bell, base), new Ring(bell, Revision.ofVersion(0)), new Ring(bell, base));

            assertThat(events(bell)).hasSize(5);
        }

        @Test
        void may_be_named_by_its_version() {
            String bell = bell();
            ring(bell, current(bell), new Ring(bell, Revision.ofVersion(1)));

            assertThat(events(bell)).hasSize(3);
        }

        @Test
        void hides_nothing_of_what_others_did() {
            String bell = bell();
            Revision base = current(bell);
            ring(bell, null);

            assertThat(conflictOf(() -> ring(bell, null, new Ring(bell, base))).unresolved())
                    .containsExactly(number("Bell", bell, 1));
        }

        @Test
        void counts_effects_as_well() {
            String bell = bell();
            String book = newId();
            send(new Pay(book, null, book));
            Revision base = current(book);
            ring(bell, null, new Expire(book, null, List.of(book)));
            assertThat(effects(Identity.of("key", book))).hasSize(1);
            assertThat(conflictOf(() -> send(new Revise(book, "Ubik", 3L).on(base)))
                            .unresolved())
                    .hasSize(2);
        }
    }
}
