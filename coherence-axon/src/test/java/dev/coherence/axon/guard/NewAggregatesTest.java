package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A revision of a command that makes an aggregate says the same whether the early check is made or not. */
class NewAggregatesTest extends OnEveryStore {

    private static final String KIND = "Sketch";

    /** A way to make an aggregate. */
    private interface Making {
        Object of(String isbn, @Nullable Revision base, List<Object> sent);
    }

    /** All of them, by name; a handler that asks is not checked early. */
    private static final Map<String, Making> WAYS = Map.of(
            "constructor", Construct::new,
            "constructor that asks", ConstructAsking::new,
            "always", MakeAlways::new,
            "always and asks", MakeAlwaysAsking::new,
            "if missing", MakeIfMissing::new,
            "if missing and asks", MakeIfMissingAsking::new);

    record Construct(String isbn, @TargetRevision @Nullable Revision base, List<Object> sent) {}

    record ConstructAsking(
            String isbn, @TargetRevision @Nullable Revision base, List<Object> sent) {}

    record MakeAlways(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            List<Object> sent) {}

    record MakeAlwaysAsking(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            List<Object> sent) {}

    record MakeIfMissing(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            List<Object> sent) {}

    record MakeIfMissingAsking(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            List<Object> sent) {}

    record Change(@TargetAggregateIdentifier String isbn) {}

    /** Changes nothing itself. */
    record Delegate(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            List<Object> sent) {}

    /** For a handler outside of aggregates. */
    record SendOn(@TargetRevision @Nullable Revision base, List<Object> sent) {}

    /** For a handler outside of aggregates, which makes one without a command. */
    record MakeOutside(
            String isbn, @TargetRevision @Nullable Revision base) {}

    static class Sketch {
        @AggregateIdentifier
        String isbn;

        Sketch() {}

        Sketch(String isbn) {
            apply(new BookRevised(isbn, "made", 1L));
        }

        @CommandHandler
        Sketch(Construct command, CommandGateway commands) {
            make(command.isbn(), command.sent(), commands);
        }

        @CommandHandler
        Sketch(ConstructAsking command, CommandGateway commands, Conflicts conflicts) {
            make(command.isbn(), command.sent(), commands);
        }

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.ALWAYS)
        void handle(MakeAlways command, CommandGateway commands) {
            make(command.isbn(), command.sent(), commands);
        }

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.ALWAYS)
        void handle(MakeAlwaysAsking command, CommandGateway commands, Conflicts conflicts) {
            make(command.isbn(), command.sent(), commands);
        }

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(MakeIfMissing command, CommandGateway commands) {
            make(command.isbn(), command.sent(), commands);
        }

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(MakeIfMissingAsking command, CommandGateway commands, Conflicts conflicts) {
            make(command.isbn(), command.sent(), commands);
        }

        @CommandHandler
        void handle(Change command) {
            apply(new BookShelved(command.isbn(), "changed"));
        }

        @CommandHandler
        void handle(Delegate command, CommandGateway commands) {
            command.sent().forEach(commands::sendAndWait);
        }

        private void make(String id, List<Object> sent, CommandGateway commands) {
            apply(new BookRevised(id, "made", 1L));
            sent.forEach(commands::sendAndWait);
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    record Sender(CommandGateway commands, Repository<Sketch> sketches) {

        @CommandHandler
        void handle(MakeOutside command) throws Exception {
            sketches.newInstance(() -> new Sketch(command.isbn()));
        }

        @CommandHandler
        void handle(SendOn command) {
            command.sent().forEach(commands::sendAndWait);
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer
                .configureAggregate(Sketch.class)
                .registerCommandHandler(
                        (Configuration config) -> new Sender(config.commandGateway(), config.repository(Sketch.class)));
    }

    private static void inEveryWay(Consumer<Making> test) {
        WAYS.forEach((name, making) -> {
            try {
                test.accept(making);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(name, e);
            }
        });
    }

    private String sketch() {
        String id = newId();
        send(new Construct(id, null, List.of()));
        return id;
    }

    private void refuses(Object command) {
        assertThat(failureOf(InvalidCommandException.class, () -> send(command)))
                .hasMessageContaining("has a version")
                .hasMessageContaining("does not exist yet");
    }

    @Nested
    class A_version {

        @Test
        void is_refused_if_nothing_else_is_changed() {
            inEveryWay(making -> {
                refuses(making.of(newId(), Revision.ofVersion(0), List.of()));
                refuses(making.of(newId(), app.head().withVersion(3), List.of()));
            });
        }

        @Test
        void is_refused_if_nothing_but_another_new_one_is_changed() {
            inEveryWay(making -> refuses(
                    making.of(newId(), Revision.ofVersion(0), List.of(new Construct(newId(), null, List.of())))));
        }

        @Test
        void is_refused_if_a_handler_outside_of_aggregates_sends_the_command() {
            inEveryWay(making ->
                    refuses(new SendOn(Revision.ofVersion(0), List.of(making.of(newId(), null, List.of())))));
        }

        @Test
        void is_refused_if_a_handler_outside_of_aggregates_makes_it() {
            refuses(new MakeOutside(newId(), Revision.ofVersion(7)));
            send(new MakeOutside(newId(), app.head()));
        }

        @Test
        void is_that_of_an_existing_one_that_is_changed_as_well() {
            inEveryWay(making -> {
                String id = newId();
                String other = sketch();
                send(making.of(id, current(other), List.of(new Change(other))));
                assertThat(events(id)).hasSize(1);
                assertThat(events(other)).hasSize(2);
            });
        }

        @Test
        void is_in_conflict_with_unseen_changes_of_that_one() {
            inEveryWay(making -> {
                String other = sketch();
                Revision base = current(other);
                send(new Change(other));
                assertThat(conflictOf(() -> send(making.of(newId(), base, List.of(new Change(other)))))
                                .unresolved())
                        .containsExactly(number(KIND, other, 1));
            });
        }

        @Test
        void is_that_of_one_whose_handler_changes_nothing_but_sends_the_command() {
            inEveryWay(making -> {
                String id = newId();
                String other = sketch();
                send(new Delegate(other, current(other), List.of(making.of(id, null, List.of()))));
                assertThat(events(id)).hasSize(1);
            });
        }
    }

    @Nested
    class A_position {

        @Test
        void is_what_is_checked_of_the_new_one() {
            inEveryWay(making -> {
                String id = newId();
                String other = sketch();
                Revision base = current(other);
                long effect = app.fire(Identity.of(KIND, id));
                assertThat(conflictOf(() -> send(making.of(id, base, List.of(new Change(other)))))
                                .unresolved())
                        .containsExactly(effect);
                assertThat(conflictOf(() -> send(making.of(id, base.withoutVersion(), List.of())))
                                .unresolved())
                        .containsExactly(effect);
                send(making.of(id, app.head(), List.of()));
            });
        }
    }
}
