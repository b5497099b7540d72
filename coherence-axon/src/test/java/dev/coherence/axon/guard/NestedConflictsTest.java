package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Event;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateMember;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.EntityId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Handlers that ask for unseen events, in commands that the handler of an aggregate sends. */
class NestedConflictsTest extends OnEveryStore {

    private static final String KIND = "Folder";

    /** Applies an event although something may be unseen, and sends something on. */
    record Pass(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            @Nullable Object sent) {}

    /** Asks, and marks everything as resolved. */
    record Ask(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base) {}

    record AskSheet(
            @TargetAggregateIdentifier String isbn,
            String sheet,
            @TargetRevision @Nullable Revision base) {}

    record Write(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base) {}

    /** For a handler outside of aggregates. */
    record AskOutside(@TargetRevision @Nullable Revision base) {}

    static class Folder {
        @AggregateIdentifier
        String isbn;

        @AggregateMember
        List<Sheet> sheets = new ArrayList<>();

        Folder() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Pass command, Conflicts conflicts, CommandGateway commands) {
            apply(new BookRevised(command.isbn(), null, 1L));
            if (command.sent() != null) {
                commands.sendAndWait(command.sent());
            }
        }

        @CommandHandler
        void handle(Ask command, Conflicts conflicts, Calls calls) {
            ask(conflicts, calls);
            apply(new BookShelved(command.isbn(), "asked"));
        }

        @CommandHandler
        void handle(Write command, Calls calls) {
            calls.add("ran");
            apply(new BookShelved(command.isbn(), "written"));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
            sheets = List.of(new Sheet());
        }
    }

    static class Sheet {
        @EntityId
        String sheet = "A";

        @CommandHandler
        void handle(AskSheet command, Conflicts conflicts, Calls calls) {
            ask(conflicts, calls);
        }
    }

    record Outside(Calls calls) {

        @CommandHandler
        void handle(AskOutside command, Conflicts conflicts) {
            try {
                ask(conflicts, calls);
            } catch (IllegalStateException e) {
                calls.add("names no aggregate");
            }
        }
    }

    private static void ask(Conflicts conflicts, Calls calls) {
        List<Long> unseen =
                conflicts.unseen().stream().map(Event::sequenceNumber).toList();
        calls.add(unseen);
        calls.add(conflicts.disputes(new BookRevised(null, null, 2L)).size());
        conflicts.resolve(unseen);
    }

    @Override
    void configure(Configurer configurer) {
        configurer
                .configureAggregate(Folder.class)
                .registerCommandHandler((Configuration config) -> new Outside(config.getComponent(Calls.class)));
    }

    private String folder() {
        String id = newId();
        send(new Pass(id, null, null));
        return id;
    }

    /** A change that nobody has seen who has read before. */
    private long change(String id) {
        send(new Pass(id, null, null));
        return number(KIND, id, events(id).size() - 1L);
    }

    @Nested
    class A_command_to_the_aggregate_that_sends_it {

        @Test
        void asks_about_that_aggregate_as_a_part() {
            String id = folder();
            Revision base = current(id);
            long theirs = change(id);
            send(new Pass(id, base, new Ask(id, null)));

            assertThat(calls.all()).containsExactly(List.of(theirs), 1);
            assertThat(resolutions(id).marked()).containsExactly(theirs);
        }

        @Test
        void asks_about_that_aggregate_on_a_revision_of_its_own() {
            String id = folder();
            Revision base = current(id);
            long theirs = change(id);
            send(new Pass(id, null, new Ask(id, base)));

            assertThat(calls.all()).containsExactly(List.of(theirs), 1);
            assertThat(resolutions(id).marked()).containsExactly(theirs);
        }

        @Test
        void asks_about_that_aggregate_in_one_of_its_members() {
            String id = folder();
            Revision base = current(id);
            long theirs = change(id);
            send(new Pass(id, base, new AskSheet(id, "A", null)));

            assertThat(calls.all()).containsExactly(List.of(theirs), 1);
        }

        @Test
        void is_refused_early() {
            String id = folder();
            Revision base = current(id);
            long theirs = change(id);

            assertThat(conflictOf(() -> send(new Pass(id, null, new Write(id, base))))
                            .unresolved())
                    .containsExactly(theirs);
            assertThat(calls.all()).isEmpty();
        }
    }

    @Nested
    class A_command_to_another_aggregate {

        @Test
        void asks_about_the_other_one_as_a_part() {
            String id = folder();
            String other = folder();
            Revision base = app.head();
            long theirs = change(other);
            send(new Pass(id, base, new Ask(other, null)));

            assertThat(calls.all()).containsExactly(List.of(theirs), 1);
            assertThat(resolutions(other).marked()).containsExactly(theirs);
        }

        @Test
        void asks_about_the_other_one_on_a_revision_of_its_own() {
            String id = folder();
            String other = folder();
            Revision base = current(other);
            long theirs = change(other);
            send(new Pass(id, current(id), new Ask(other, base)));

            assertThat(calls.all()).containsExactly(List.of(theirs), 1);
        }

        @Test
        void that_sends_one_back_asks_about_the_first_one() {
            String id = folder();
            String other = folder();
            Revision base = app.head();
            long theirs = change(id);
            send(new Pass(id, base, new Pass(other, null, new Ask(id, null))));

            assertThat(calls.all()).containsExactly(List.of(theirs), 1);
        }
    }

    @Nested
    class A_command_to_a_handler_outside_of_aggregates {

        @Test
        void has_no_aggregate_to_ask_about() {
            String id = folder();
            send(new Pass(id, current(id), new AskOutside(null)));

            assertThat(calls.all()).containsExactly("names no aggregate");
        }

        @Test
        void is_not_refused_early_for_the_aggregate_that_sends_it() {
            String id = folder();
            Revision base = current(id).withVersion(0);
            change(id);
            send(new Pass(id, null, new AskOutside(base)));

            assertThat(calls.all()).containsExactly("names no aggregate");
        }
    }
}
