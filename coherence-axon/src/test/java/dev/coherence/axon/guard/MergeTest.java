package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.axon.annotation.OnConflict;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.guard.Book.Pay;
import dev.coherence.axon.guard.Book.Revise;
import dev.coherence.axon.guard.Book.Shelve;
import dev.coherence.axon.guard.Book.Strip;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.conflict.Dispute;
import dev.coherence.revision.Revision;
import dev.coherence.value.Value;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where the settings say so, what does not overlap is merged. */
class MergeTest extends OnEveryStore {

    record StrictWrite(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            String title) {}

    @OnConflict(ConflictPolicy.MERGE)
    record MergingWrite(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            String title) {}

    /** Stricter than the settings. */
    @OnConflict(ConflictPolicy.STRICT)
    @AggregateRoot(type = "a ledger")
    static class Ledger {
        @AggregateIdentifier
        String isbn;

        Ledger() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(StrictWrite command) {
            apply(new BookRevised(command.isbn(), command.title(), null));
        }

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(MergingWrite command) {
            apply(new BookRevised(command.isbn(), command.title(), null));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    @Override
    CoherenceSettings settings() {
        return super.settings().withPolicy(ConflictPolicy.MERGE);
    }

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(Book.class).configureAggregate(Ledger.class);
    }

    /** A book that somebody has read, and whose price somebody else has changed from 5 to 6 since. */
    private Revision repriced(String id) {
        send(new Revise(id, "Ubik", 5L));
        Revision base = current(id);
        send(new Revise(id, null, 6L));
        return base;
    }

    @Nested
    class Disjoint_paths {

        @Test
        void are_merged_and_recorded() {
            String id = newId();
            Revision base = repriced(id);
            send(new Revise(id, "VALIS", null).on(base));

            assertThat(resolutions(id).merged()).containsExactly(number(Book.KIND, id, 1));
            assertThat(WithoutRevisionTest.ours(last(id)))
                    .containsEntry("coherence-merged", String.valueOf(number(Book.KIND, id, 1)));
        }

        @Test
        void are_merged_with_several_unseen_events() {
            String id = newId();
            Revision base = repriced(id);
            send(new Revise(id, null, 7L));
            send(new Pay(id, null, newId()));
            send(new Revise(id, "VALIS", null).on(base));

            assertThat(resolutions(id).merged())
                    .containsExactly(number(Book.KIND, id, 1), number(Book.KIND, id, 2), number(Book.KIND, id, 3));
        }
    }

    @Nested
    class Overlapping_paths {

        @Test
        void are_a_conflict_that_tells_all_three_values() {
            String id = newId();
            Revision base = repriced(id);
            ConflictReport report = conflictOf(() -> send(new Revise(id, "VALIS", 7L).on(base)));

            long theirs = number(Book.KIND, id, 1);
            assertThat(report.conflicts()).hasSize(1).first().satisfies(conflict -> {
                assertThat(conflict.theirs().sequenceNumber()).isEqualTo(theirs);
                assertThat(conflict.ours().orElseThrow().version()).isEqualTo(2);
                assertThat(conflict.ours().orElseThrow().action().reason()).isEqualTo("revise");
                assertThat(conflict.disputes())
                        .containsExactly(new Dispute(
                                Path.of("price"),
                                Optional.of(Value.of(5)),
                                Optional.of(Value.of(7)),
                                Optional.of(Value.of(6)),
                                List.of(theirs)));
            });
        }

        @Test
        void with_equal_values_are_merged() {
            String id = newId();
            Revision base = repriced(id);
            send(new Revise(id, "VALIS", 6L).on(base));

            assertThat(resolutions(id).merged()).containsExactly(number(Book.KIND, id, 1));
        }

        @Test
        void are_a_conflict_where_we_repeat_the_value_of_the_base() {
            String id = newId();
            Revision base = repriced(id);

            conflictOf(() -> send(new Revise(id, "VALIS", 5L).on(base)));
        }

        @Test
        void that_are_listed_are_laid_over() {
            String id = newId();
            Revision base = repriced(id);
            long theirs = number(Book.KIND, id, 1);
            send(new Revise(id, "VALIS", null));
            send(new Revise(id, null, 7L).on(base).resolving(theirs));

            assertThat(resolutions(id).listed()).containsExactly(theirs);
            assertThat(resolutions(id).merged()).containsExactly(number(Book.KIND, id, 2));
        }

        @Test
        void are_a_conflict_where_theirs_was_removed() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            Revision base = current(id);
            send(new Strip(id, null));

            assertThat(conflictOf(() -> send(new Revise(id, null, 7L).on(base)))
                            .conflicts()
                            .get(0)
                            .disputes())
                    .extracting(Dispute::path, Dispute::base, Dispute::ours, Dispute::theirs)
                    .containsExactly(tuple(
                            Path.of("price"), Optional.of(Value.of(5)), Optional.of(Value.of(7)), Optional.empty()));
            send(new Revise(id, "VALIS", null).on(base));
        }

        @Test
        void are_a_conflict_where_ours_removes() {
            String id = newId();
            Revision base = repriced(id);

            assertThat(conflictOf(() -> send(new Strip(id, base)))
                            .conflicts()
                            .get(0)
                            .disputes())
                    .extracting(Dispute::ours, Dispute::theirs)
                    .containsExactly(tuple(Optional.empty(), Optional.of(Value.of(6))));
        }
    }

    @Nested
    class An_event_without_annotations {

        @Test
        void is_in_conflict_with_everything_that_follows_it() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            Revision base = current(id);
            send(new Shelve(id, null, "A"));

            ConflictReport report = conflictOf(() -> send(new Revise(id, "VALIS", null).on(base)));
            assertThat(report.unresolved()).containsExactly(number(Book.KIND, id, 1));
            assertThat(report.conflicts().get(0).disputes()).isEmpty();
        }

        @Test
        void is_in_conflict_with_everything_before_it() {
            String id = newId();
            Revision base = repriced(id);

            assertThat(conflictOf(() -> send(new Shelve(id, base, "A"))).unresolved())
                    .containsExactly(number(Book.KIND, id, 1));
        }

        @Test
        void that_is_listed_is_laid_over() {
            String id = newId();
            Revision base = repriced(id);
            app.send(new Shelve(id, base, "A"), MetaData.with("coherence-resolved", List.of(number(Book.KIND, id, 1))));

            assertThat(resolutions(id).listed()).hasSize(1);
        }
    }

    @Nested
    class An_effect {

        @Test
        void is_never_merged_away() {
            String id = newId();
            send(new Pay(id, null, id));
            Revision base = current(id);
            long effect = app.fire(Identity.of("key", id));
            send(new Revise(id, null, 7L));

            assertThat(conflictOf(() -> send(new Revise(id, "VALIS", null).on(base)))
                            .unresolved())
                    .containsExactly(effect);
        }
    }

    @Nested
    class The_policy {

        @Test
        void of_the_aggregate_goes_before_that_of_the_settings() {
            String id = newId();
            send(new StrictWrite(id, null, "Ubik"));
            Revision base = current(id);
            send(new StrictWrite(id, null, "Ubik"));

            conflictOf(() -> send(new StrictWrite(id, base, "Ubik")));
        }

        @Test
        void of_the_command_goes_before_that_of_the_aggregate() {
            String id = newId();
            send(new MergingWrite(id, null, "Ubik"));
            Revision base = current(id);
            send(new MergingWrite(id, null, "VALIS"));
            send(new MergingWrite(id, base, "VALIS"));

            assertThat(resolutions(id).merged()).containsExactly(number("a ledger", id, 1));
        }

        @Test
        void in_metadata_goes_before_all() {
            String id = newId();
            send(new MergingWrite(id, null, "Ubik"));
            Revision base = current(id);
            send(new MergingWrite(id, null, "VALIS"));

            conflictOf(
                    () -> app.send(new MergingWrite(id, base, "VALIS"), MetaData.with("coherence-policy", "strict")));
            app.send(new StrictWrite(id, base, "VALIS"), MetaData.with("coherence-policy", "merge"));
            assertThat(resolutions(id).merged()).containsExactly(number("a ledger", id, 1));
        }
    }
}
