package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.guard.Book.Pay;
import dev.coherence.axon.guard.Book.Revise;
import dev.coherence.revision.Revision;
import org.axonframework.config.Configurer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Changes that the sender of a command has not seen, under the strict policy. */
class UnseenEffectsTest extends OnEveryStore {

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(Book.class);
    }

    private static Identity book(String id) {
        return Identity.of(Book.KIND, id);
    }

    @Nested
    class An_effect {

        @Test
        void on_the_aggregate_itself_is_a_conflict() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            Revision base = current(id);
            long effect = app.fire(book(id));

            ConflictReport report = conflictOf(() -> send(new Revise(id, "Ubik", 6L).on(base)));
            assertThat(report.unresolved()).containsExactly(effect);
            assertThat(report.conflicts().get(0).disputes()).isEmpty();
            assertThat(report.base()).isEqualTo(base);
        }

        @Test
        void on_a_linked_trigger_is_a_conflict() {
            String id = newId();
            send(new Pay(id, null, id));
            Revision base = current(id);
            long effect = app.fire(Identity.of("key", id));

            assertThat(conflictOf(() -> send(new Revise(id, "Ubik", 6L).on(base)))
                            .unresolved())
                    .containsExactly(effect);
        }

        @Test
        void on_a_trigger_that_was_linked_after_it_is_a_conflict_too() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            Revision base = current(id);
            long effect = app.fire(Identity.of("key", id));
            send(new Pay(id, null, id));

            assertThat(conflictOf(() -> send(new Revise(id, "Ubik", 6L).on(base)))
                            .unresolved())
                    .containsExactly(effect, number(Book.KIND, id, 1));
        }

        @Test
        void on_a_trigger_that_our_event_links_to_for_the_first_time_is_none() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            Revision base = current(id);
            app.fire(Identity.of("key", id));

            send(new Pay(id, base, id));
            assertThat(events(id)).hasSize(2);
        }

        @Test
        void on_anything_else_is_none() {
            String id = newId();
            send(new Pay(id, null, id));
            Revision base = current(id);
            app.fire(Identity.of("key", newId()));
            app.fire(Identity.of("other", id));

            send(new Revise(id, "Ubik", 6L).on(base));
            assertThat(resolutions(id).isEmpty()).isTrue();
        }

        @Test
        void that_is_listed_is_none_and_is_recorded() {
            String id = newId();
            send(new Pay(id, null, id));
            Revision base = current(id);
            long one = app.fire(Identity.of("key", id));
            long other = app.fire(book(id));

            assertThat(conflictOf(() -> send(new Revise(id, "Ubik", 6L).on(base).resolving(one)))
                            .unresolved())
                    .containsExactly(other);
            send(new Revise(id, "Ubik", 6L).on(base).resolving(one, other));
            assertThat(resolutions(id).listed()).containsExactly(one, other);
        }

        @Test
        void that_the_base_has_seen_is_none() {
            String id = newId();
            send(new Pay(id, null, id));
            app.fire(Identity.of("key", id));

            send(new Revise(id, "Ubik", 6L).on(current(id)));
            assertThat(resolutions(id).isEmpty()).isTrue();
        }

        @Test
        void is_not_looked_for_if_the_base_has_no_position() {
            String id = newId();
            send(new Pay(id, null, id));
            app.fire(Identity.of("key", id));

            send(new Revise(id, "Ubik", 6L).on(Revision.ofVersion(0)));
            assertThat(events(id)).hasSize(2);
        }
    }

    @Nested
    class A_base_without_a_version {

        @Test
        void decides_about_actions_by_its_position() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            Revision base = app.head();
            send(new Revise(id, "Ubik", 6L).on(base));

            assertThat(conflictOf(() -> send(new Revise(id, "Ubik", 7L).on(base)))
                            .unresolved())
                    .containsExactly(number(Book.KIND, id, 1));
            send(new Revise(id, "Ubik", 7L).on(app.head()));
        }
    }

    @Nested
    class A_base_with_unseen_ranges {

        @Test
        void has_not_seen_actions_in_them() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            send(new Revise(id, "Ubik", 6L));
            long action = number(Book.KIND, id, 1);
            app.fire(Identity.of("other", id));
            Revision base =
                    Revision.parse("@%d-%d".formatted(app.head().position().getAsLong(), action));

            assertThat(conflictOf(() -> send(new Revise(id, "Ubik", 7L).on(base)))
                            .unresolved())
                    .containsExactly(action);
        }

        @Test
        void has_not_seen_effects_in_them() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            long effect = app.fire(book(id));
            app.fire(Identity.of("other", id));
            Revision base =
                    Revision.parse("0@%d-%d".formatted(app.head().position().getAsLong(), effect));

            assertThat(conflictOf(() -> send(new Revise(id, "Ubik", 7L).on(base)))
                            .unresolved())
                    .containsExactly(effect);
        }
    }

    @Nested
    class Resolved_numbers {

        @Test
        void may_be_those_of_any_event() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            Revision base = current(id);

            send(new Revise(id, "Ubik", 7L).on(base).resolving(number(Book.KIND, id, 0)));
            assertThat(resolutions(id).listed()).isEmpty();
        }

        @Test
        void that_are_not_those_of_events_are_refused() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));

            assertThat(failureOf(
                            InvalidCommandException.class,
                            () -> send(
                                    new Revise(id, "Ubik", 7L).on(current(id)).resolving(999_999_999L))))
                    .hasMessage("Book$Revise: lists [999999999] as resolved, but there is no event with such a number;"
                            + " list numbers from the report of a conflict");
        }

        @Test
        void are_refused_if_a_conflict_is_resolved_by_others_of_them() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));
            Revision base = current(id);
            send(new Revise(id, "Ubik", 6L));
            long action = number(Book.KIND, id, 1);

            failureOf(
                    InvalidCommandException.class,
                    () -> send(new Revise(id, "Ubik", 7L).on(base).resolving(action, 999_999_999L)));
        }
    }

    @Nested
    class A_base_ahead {

        @Test
        void of_the_aggregate_is_refused() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));

            assertThat(failureOf(
                            InvalidCommandException.class,
                            () -> send(new Revise(id, "Ubik", 7L).on(Revision.ofVersion(1)))))
                    .hasMessageContaining("is ahead of Book:" + id)
                    .hasMessageContaining("last version is 0");
        }

        @Test
        void of_the_store_is_refused() {
            String id = newId();
            send(new Revise(id, "Ubik", 5L));

            assertThat(failureOf(
                            InvalidCommandException.class,
                            () -> send(new Revise(id, "Ubik", 7L).on(Revision.of(0, 999_999_999L)))))
                    .hasMessageContaining("is ahead of the event store");
            failureOf(
                    InvalidCommandException.class,
                    () -> send(new Revise(id, "Ubik", 7L).on(Revision.at(999_999_999L))));
        }
    }
}
