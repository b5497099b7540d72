package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.revision.Revision;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Aggregates that were loaded, or taken from a cache, and are not as they are stored. */
class StaleAggregateTest extends OnEveryDatabase {

    private static final MetaData MERGE = MetaData.with("coherence-policy", "merge");

    record Open(String isbn, @TargetRevision @Nullable Revision base) {}

    record OpenAlways(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base) {}

    record Keep(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            @Nullable String title,
            @Nullable Long price) {}

    static class Kept {
        @AggregateIdentifier
        String isbn;

        Kept() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Keep command) {
            apply(new BookRevised(command.isbn(), command.title(), command.price()));
        }

        @CommandHandler
        Kept(Open command) {
            apply(new BookRevised(command.isbn(), "opened", null));
        }

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.ALWAYS)
        void handle(OpenAlways command) {
            apply(new BookRevised(command.isbn(), "opened", null));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    private final Cache cache = new WeakReferenceCache();

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(
                AggregateConfigurer.defaultConfiguration(Kept.class).configureCache(config -> cache));
    }

    @Nested
    class From_a_cache {

        private Object kept(String id) {
            send(new Keep(id, null, "Ubik", 1L));
            Object entry = cache.get(id);
            assertThat(entry).isNotNull();
            return entry;
        }

        /** Another node appends to the aggregate, of which our cache does not hear. */
        private void behindItsBack(String id, long version) {
            app.store.publish(new GenericDomainEventMessage<>("Kept", id, version, new BookRevised(id, null, 9L)));
        }

        @Test
        void stale_revisions_are_refused_and_current_ones_pass() {
            String id = newId();
            Object entry = kept(id);
            Revision base = current(id);
            send(new Keep(id, base, null, 2L));

            assertThat(conflictOf(() -> send(new Keep(id, base, null, 3L))).unresolved())
                    .containsExactly(number("Kept", id, 1));
            send(new Keep(id, current(id), null, 3L));
            assertThat(events(id)).hasSize(3);
            assertThat(entry).isNotNull();
        }

        @Test
        void a_base_newer_than_the_entry_is_a_lost_race_and_then_passes() {
            String id = newId();
            Object entry = kept(id);
            behindItsBack(id, 1);
            Revision base = current(id);
            assertThat(cache.<Object, Object>get(id)).isSameAs(entry);

            failureOf(LostRaceException.class, () -> send(new Keep(id, base, null, 3L)));
            send(new Keep(id, base, null, 3L));
            assertThat(last(id).getSequenceNumber()).isEqualTo(2);
        }

        @Test
        void a_base_as_old_as_the_entry_is_a_lost_race_and_then_a_conflict() {
            String id = newId();
            Object entry = kept(id);
            Revision base = current(id);
            behindItsBack(id, 1);
            assertThat(cache.<Object, Object>get(id)).isSameAs(entry);

            failureOf(ConcurrencyException.class, () -> send(new Keep(id, base, null, 3L)));
            assertThat(conflictOf(() -> send(new Keep(id, base, null, 3L))).unresolved())
                    .containsExactly(number("Kept", id, 1));
            app.send(new Keep(id, base, "VALIS", null), MERGE);
        }

        @Test
        void a_base_older_than_the_entry_is_a_lost_race_and_then_a_conflict() {
            String id = newId();
            Object first = kept(id);
            Revision base = current(id);
            send(new Keep(id, null, null, 2L));
            Object entry = cache.get(id);
            behindItsBack(id, 2);
            assertThat(cache.<Object, Object>get(id)).isSameAs(entry).isNotSameAs(first);

            failureOf(LostRaceException.class, () -> send(new Keep(id, base, null, 3L)));
            assertThat(conflictOf(() -> send(new Keep(id, base, null, 3L))).unresolved())
                    .containsExactly(number("Kept", id, 1), number("Kept", id, 2));
        }

        @Test
        void a_position_newer_than_the_entry_is_a_lost_race_and_then_passes() {
            String id = newId();
            Object entry = kept(id);
            behindItsBack(id, 1);
            assertThat(cache.<Object, Object>get(id)).isSameAs(entry);
            Revision base = app.head();

            failureOf(ConcurrencyException.class, () -> send(new Keep(id, base, null, 3L)));
            send(new Keep(id, base, null, 3L));
        }
    }

    @Nested
    class Made_although_it_exists {

        @Test
        void is_refused_as_axon_does_it() {
            String id = newId();
            send(new Open(id, app.head()));

            failureOf(AggregateStreamCreationException.class, () -> send(new Open(id, null)));
            failureOf(AggregateStreamCreationException.class, () -> send(new OpenAlways(id, null)));
            failureOf(AggregateStreamCreationException.class, () -> send(new Open(id, app.head())));
            failureOf(AggregateStreamCreationException.class, () -> send(new OpenAlways(id, app.head())));
        }

        @Test
        void is_refused_so_on_a_stale_position_too() {
            String id = newId();
            Revision base = app.head();
            send(new Open(id, base));

            failureOf(AggregateStreamCreationException.class, () -> send(new Open(id, base)));
            failureOf(AggregateStreamCreationException.class, () -> send(new OpenAlways(id, base)));
        }
    }
}
