package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.axon.annotation.ResolvedConflicts;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.conflict.Dispute;
import dev.coherence.revision.Revision;
import dev.coherence.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Command handlers that ask for what their sender has not seen. */
class ConflictsParameterTest extends OnEveryStore {

    private static final String KIND = "Page";

    /** What a handler does with the conflicts, before it applies an event with the price. */
    interface Asking extends BiConsumer<Conflicts, Calls> {}

    record Write(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            @ResolvedConflicts Set<Long> resolved,
            @Nullable String title,
            long price,
            Asking asking) {}

    /** For a handler outside of aggregates. */
    record WriteOutside(
            String isbn, @TargetRevision @Nullable Revision base, long price, Asking asking) {}

    static class Page {
        @AggregateIdentifier
        String isbn;

        Page() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Write command, Conflicts conflicts, Calls calls) {
            command.asking().accept(conflicts, calls);
            apply(new BookRevised(command.isbn(), command.title(), command.price()));
        }

        void write(long price) {
            apply(new BookRevised(isbn, null, price));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    record Outside(Configuration configuration) {

        @CommandHandler
        void handle(WriteOutside command, Conflicts conflicts, Calls calls) {
            command.asking().accept(conflicts, calls);
            configuration.repository(Page.class).load(command.isbn()).execute(page -> page.write(command.price()));
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(Page.class).registerCommandHandler(Outside::new);
    }

    private static Write write(String id, @Nullable Revision base, long price, Asking asking) {
        return new Write(id, base, Set.of(), null, price, asking);
    }

    private static Write write(String id, @Nullable Revision base, long price) {
        return write(id, base, price, (conflicts, calls) -> {});
    }

    private static List<Long> numbers(List<Event> events) {
        return events.stream().map(Event::sequenceNumber).toList();
    }

    /** A page that somebody has read, and whose price somebody else has changed from 5 to 6 since. */
    private Revision repriced(String id) {
        send(write(id, null, 5));
        Revision base = current(id);
        send(write(id, null, 6));
        return base;
    }

    private long theirs(String id) {
        return number(KIND, id, 1);
    }

    @Nested
    class A_handler_of_the_aggregate {

        @Test
        void gets_unseen_events() {
            String id = newId();
            Revision base = repriced(id);
            long effect = app.fire(Identity.of(KIND, id));

            assertThat(conflictOf(() -> send(write(id, base, 7, (conflicts, calls) -> {
                                calls.add(numbers(conflicts.unseen()));
                                calls.add(numbers(conflicts.unseen(Identity.of(KIND, id))));
                            })))
                            .unresolved())
                    .containsExactly(theirs(id), effect);
            assertThat(calls.all()).containsExactly(List.of(theirs(id), effect), List.of(theirs(id), effect));
        }

        @Test
        void gets_no_events_that_the_sender_listed() {
            String id = newId();
            Revision base = repriced(id);
            send(new Write(
                    id,
                    base,
                    Set.of(theirs(id)),
                    null,
                    7,
                    (conflicts, calls) -> calls.add(numbers(conflicts.unseen()))));

            assertThat(calls.all()).containsExactly(List.of());
        }

        @Test
        void gets_disputed_paths() {
            String id = newId();
            Revision base = repriced(id);
            conflictOf(() -> send(write(id, base, 7, (conflicts, calls) -> {
                calls.add(conflicts.disputes(new BookRevised(id, null, 7L)));
                calls.add(conflicts.disputes(new BookRevised(id, null, 6L)));
                calls.add(conflicts.disputes(new BookRevised(id, "VALIS", null)));
            })));

            assertThat(calls.all())
                    .containsExactly(
                            List.of(new Dispute(
                                    Path.of("price"),
                                    Optional.of(Value.of(5)),
                                    Optional.of(Value.of(7)),
                                    Optional.of(Value.of(6)),
                                    List.of(theirs(id)))),
                            List.of(),
                            List.of());
        }

        @Test
        void marks_events_as_resolved() {
            String id = newId();
            Revision base = repriced(id);
            send(write(id, base, 7, (conflicts, calls) -> {
                conflicts.resolve(numbers(conflicts.unseen()));
                calls.add(numbers(conflicts.unseen()));
            }));

            assertThat(calls.all()).containsExactly(List.of());
            assertThat(resolutions(id).marked()).containsExactly(theirs(id));
        }

        @Test
        void marks_effects_as_resolved() {
            String id = newId();
            Revision base = repriced(id);
            long effect = app.fire(Identity.of(KIND, id));

            assertThat(conflictOf(() ->
                                    send(write(id, base, 7, (conflicts, calls) -> conflicts.resolve(List.of(effect)))))
                            .unresolved())
                    .containsExactly(theirs(id));
            send(write(id, base, 7, (conflicts, calls) -> conflicts.resolve(List.of(effect, theirs(id), 999_999L))));
            assertThat(resolutions(id).marked()).containsExactly(theirs(id), effect);
        }

        @Test
        void that_marks_what_is_listed_leaves_it_listed() {
            String id = newId();
            Revision base = repriced(id);
            send(new Write(
                    id,
                    base,
                    Set.of(theirs(id)),
                    null,
                    7,
                    (conflicts, calls) -> conflicts.resolve(List.of(theirs(id)))));

            assertThat(resolutions(id).listed()).containsExactly(theirs(id));
            assertThat(resolutions(id).marked()).isEmpty();
        }

        @Test
        void sees_nothing_unseen_without_a_revision() {
            String id = newId();
            repriced(id);
            send(write(id, null, 7, (conflicts, calls) -> {
                conflicts.resolve(List.of(theirs(id)));
                calls.add(conflicts.unseen());
                calls.add(conflicts.disputes(new BookRevised(id, null, 7L)));
            }));

            assertThat(calls.all()).containsExactly(List.of(), List.of());
            assertThat(resolutions(id).isEmpty()).isTrue();
        }

        @Test
        void sees_nothing_unseen_in_an_aggregate_that_it_makes() {
            String id = newId();
            send(write(id, app.head(), 7, (conflicts, calls) -> {
                calls.add(conflicts.unseen());
                calls.add(conflicts.disputes(new BookRevised(id, null, 7L)));
            }));

            assertThat(calls.all()).containsExactly(List.of(), List.of());
        }

        @Test
        void may_ask_after_it_has_applied_an_event() {
            String id = newId();
            Revision base = repriced(id);
            conflictOf(() -> send(write(id, base, 7, (conflicts, calls) -> {
                apply(new BookRevised(id, "VALIS", null));
                calls.add(numbers(conflicts.unseen()));
            })));

            assertThat(calls.all()).containsExactly(List.of(theirs(id)));
        }
    }

    @Nested
    class A_handler_outside_of_aggregates {

        @Test
        void names_the_aggregate_that_it_means() {
            String id = newId();
            Revision base = repriced(id);
            Identity page = Identity.of(KIND, id);
            send(new WriteOutside(id, base, 7, (conflicts, calls) -> {
                calls.add(numbers(conflicts.unseen(page)));
                calls.add(
                        conflicts.disputes(page, new BookRevised(id, null, 7L)).size());
                conflicts.resolve(numbers(conflicts.unseen(page)));
            }));

            assertThat(calls.all()).containsExactly(List.of(theirs(id)), 1);
            assertThat(resolutions(id).marked()).containsExactly(theirs(id));
        }

        @Test
        void cannot_leave_it_open() {
            String id = newId();
            Revision base = repriced(id);
            send(new WriteOutside(id, base.plusSeen(List.of(theirs(id))).withoutVersion(), 7, (conflicts, calls) -> {
                assertThatThrownBy(conflicts::unseen)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("unseen(Identity)");
                assertThatThrownBy(() -> conflicts.disputes(new BookRevised(id, null, 7L)))
                        .isInstanceOf(IllegalStateException.class);
                calls.add("asked");
            }));

            assertThat(calls.all()).containsExactly("asked");
        }

        @Test
        void may_ask_for_an_aggregate_that_does_not_exist() {
            String id = newId();
            Revision base = repriced(id);
            Identity nowhere = Identity.of(KIND, newId());
            send(new WriteOutside(id, base, 7, (conflicts, calls) -> {
                calls.add(conflicts.unseen(nowhere));
                conflicts.resolve(List.of(theirs(id)));
            }));

            assertThat(calls.all()).containsExactly(List.of());
        }
    }
}
