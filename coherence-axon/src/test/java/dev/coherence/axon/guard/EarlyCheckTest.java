package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ConflictHandler;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.conflict.ReportedConflict;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.PriceRemoved;
import dev.coherence.revision.Revision;
import java.util.SortedSet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A handler does not run in vain, where that is certain. */
class EarlyCheckTest extends OnEveryStore {

    private static final MetaData MERGE = MetaData.with("coherence-policy", "merge");

    record Start(@TargetAggregateIdentifier String isbn) {}

    record Revise(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base) {}

    record Ask(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base) {}

    record Settle(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision Revision base) {}

    static class Plain {
        @AggregateIdentifier
        String isbn;

        Plain() {}

        @CommandHandler
        Plain(Start command) {
            apply(new BookRevised(command.isbn(), "Ubik", 1L));
        }

        @CommandHandler
        void handle(Revise command, Calls calls) {
            calls.add(command);
            apply(new BookRevised(command.isbn(), "Ubik", 2L));
        }

        @CommandHandler
        void handle(Ask command, Calls calls, Conflicts conflicts) {
            calls.add(command);
            apply(new BookRevised(command.isbn(), "Ubik", 2L));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    record StartLenient(@TargetAggregateIdentifier String isbn) {}

    /** Its conflict handler is for other events than those at hand. */
    static class Lenient {
        @AggregateIdentifier
        String isbn;

        Lenient() {}

        @CommandHandler
        Lenient(StartLenient command) {
            apply(new BookRevised(command.isbn(), "Ubik", 1L));
        }

        @CommandHandler
        void handle(Settle command, Calls calls) {
            calls.add(command);
            apply(new BookRevised(command.isbn(), "Ubik", 2L));
        }

        @ConflictHandler
        Resolution on(PriceRemoved ours, PriceRemoved theirs) {
            return Resolution.accept();
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(Plain.class).configureAggregate(Lenient.class);
    }

    /** A base that has not seen two actions and an effect. */
    private Revision staleBase(String id) {
        send(new Start(id));
        Revision base = current(id);
        send(new Revise(id, null));
        app.fire(Identity.of("Plain", id));
        send(new Revise(id, null));
        calls.clear();
        return base;
    }

    @Nested
    class A_strict_command {

        @Test
        void is_refused_before_its_handler_runs() {
            String id = newId();
            Revision base = staleBase(id);

            ConflictReport report = conflictOf(() -> send(new Revise(id, base)));
            assertThat(calls.all()).isEmpty();
            assertThat(report.conflicts())
                    .hasSize(3)
                    .allSatisfy(conflict -> assertThat(conflict.ours()).isEmpty())
                    .extracting(ReportedConflict::aggregate)
                    .containsOnly(Identity.of("Plain", id));
            assertThat(report.command()).isEqualTo(Revise.class.getName());
            assertThat(report.base()).isEqualTo(base);
        }

        @Test
        void is_refused_for_the_same_events_as_by_the_guard() {
            String id = newId();
            Revision base = staleBase(id);

            SortedSet<Long> early = conflictOf(() -> send(new Revise(id, base))).unresolved();
            assertThat(calls.all()).isEmpty();
            SortedSet<Long> late = conflictOf(() -> send(new Ask(id, base))).unresolved();
            assertThat(calls.all()).hasSize(1);
            assertThat(early).hasSize(3).isEqualTo(late);
        }

        @Test
        void on_a_position_only_is_refused_as_well() {
            String id = newId();
            Revision base = staleBase(id).withoutVersion();

            assertThat(conflictOf(() -> send(new Revise(id, base))).unresolved())
                    .hasSize(3);
            assertThat(calls.all()).isEmpty();
        }

        @Test
        void on_a_version_only_is_refused_for_actions() {
            String id = newId();
            staleBase(id);

            assertThat(conflictOf(() -> send(new Revise(id, Revision.ofVersion(0))))
                            .unresolved())
                    .containsExactly(number("Plain", id, 1), number("Plain", id, 2));
            assertThat(calls.all()).isEmpty();
        }

        @Test
        void runs_if_what_is_unseen_is_listed() {
            String id = newId();
            Revision base = staleBase(id);
            SortedSet<Long> unseen =
                    conflictOf(() -> send(new Revise(id, base))).unresolved();

            app.send(new Revise(id, base), MetaData.with("coherence-resolved", unseen));
            assertThat(calls.all()).hasSize(1);
            assertThat(resolutions(id).listed()).isEqualTo(unseen);
        }

        @Test
        void ahead_of_the_aggregate_is_refused() {
            String id = newId();
            send(new Start(id));

            failureOf(InvalidCommandException.class, () -> send(new Revise(id, Revision.ofVersion(1))));
            assertThat(calls.all()).isEmpty();
        }
    }

    @Nested
    class A_handler_runs {

        @Test
        void if_the_policy_merges() {
            String id = newId();
            Revision base = staleBase(id);

            conflictOf(() -> app.send(new Revise(id, base), MERGE));
            assertThat(calls.all()).hasSize(1);
        }

        @Test
        void if_it_asks_itself() {
            String id = newId();
            Revision base = staleBase(id);

            conflictOf(() -> send(new Ask(id, base)));
            assertThat(calls.all()).hasSize(1);
        }

        @Test
        void if_its_aggregate_has_conflict_handlers() {
            String id = newId();
            send(new StartLenient(id));
            Revision base = current(id);
            send(new Settle(id, null));
            calls.clear();

            conflictOf(() -> send(new Settle(id, base)));
            assertThat(calls.all()).hasSize(1);
        }

        @Test
        void if_effects_alone_are_unseen_that_the_guard_finds() {
            String id = newId();
            send(new Start(id));
            Revision base = current(id);
            long effect = app.fire(Identity.of("Plain", id));

            ConflictReport report = conflictOf(() -> send(new Revise(id, base)));
            assertThat(calls.all()).hasSize(1);
            assertThat(report.unresolved()).containsExactly(effect);
            assertThat(report.conflicts().get(0).ours()).isPresent();
        }
    }
}
