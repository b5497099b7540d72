package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.conflict.Dispute;
import dev.coherence.revision.Revision;
import dev.coherence.value.Value;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Aggregates whose repositories are not the plain ones. */
class RepositoriesTest extends OnEveryStore {

    private static final MetaData MERGE = MetaData.with("coherence-policy", "merge");

    record Snap(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            @Nullable String title,
            @Nullable Long price) {}

    record Wrap(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            @Nullable String title,
            @Nullable Long price) {}

    @JsonAutoDetect(fieldVisibility = Visibility.ANY)
    static class Snapshotted {
        @AggregateIdentifier
        String isbn;

        int events;

        Snapshotted() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Snap command, Calls calls) {
            calls.add("ran");
            apply(new BookRevised(command.isbn(), command.title(), command.price()));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
            events++;
        }
    }

    static class Wrapped {
        @AggregateIdentifier
        String isbn;

        Wrapped() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Wrap command, Calls calls) {
            calls.add("ran");
            apply(new BookRevised(command.isbn(), command.title(), command.price()));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    /** A repository of the application's own. */
    record OwnRepository<T>(Repository<T> delegate) implements Repository<T> {

        @Override
        public Aggregate<T> load(String id) {
            return delegate.load(id);
        }

        @Override
        public Aggregate<T> load(String id, Long expectedVersion) {
            return delegate.load(id, expectedVersion);
        }

        @Override
        public Aggregate<T> newInstance(Callable<T> factory) throws Exception {
            return delegate.newInstance(factory);
        }

        @Override
        public Aggregate<T> loadOrCreate(String id, Callable<T> factory) throws Exception {
            return delegate.loadOrCreate(id, factory);
        }

        @Override
        public void send(Message<?> message, ScopeDescriptor scope) throws Exception {
            delegate.send(message, scope);
        }

        @Override
        public boolean canResolve(ScopeDescriptor scope) {
            return delegate.canResolve(scope);
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer
                .configureAggregate(AggregateConfigurer.defaultConfiguration(Snapshotted.class)
                        .configureSnapshotTrigger(
                                config -> new EventCountSnapshotTriggerDefinition(config.snapshotter(), 3)))
                .configureAggregate(AggregateConfigurer.defaultConfiguration(Wrapped.class)
                        .configureRepository(
                                config -> new OwnRepository<>(EventSourcingRepository.builder(Wrapped.class)
                                        .parameterResolverFactory(config.parameterResolverFactory())
                                        .handlerDefinition(config.handlerDefinition(Wrapped.class))
                                        .eventStore(config.eventStore())
                                        .build())));
    }

    @Nested
    class With_snapshots {

        /** An aggregate with seven events, of which the sender of the next command has read two. */
        private Revision snapshotted(String id) {
            send(new Snap(id, null, "Ubik", 1L));
            send(new Snap(id, null, null, 2L));
            Revision base = current(id);
            for (long price = 3; price < 8; price++) {
                send(new Snap(id, null, null, price));
            }
            assertThat(app.events().readEvents(id).next().getPayload()).isInstanceOf(Snapshotted.class);
            calls.clear();
            return base;
        }

        @Test
        void all_unseen_events_are_found_early() {
            String id = newId();
            Revision base = snapshotted(id);

            assertThat(conflictOf(() -> send(new Snap(id, base, "VALIS", null))).unresolved())
                    .hasSize(5)
                    .contains(number("Snapshotted", id, 2), number("Snapshotted", id, 6));
            assertThat(calls.all()).isEmpty();
        }

        @Test
        void all_unseen_events_are_merged() {
            String id = newId();
            Revision base = snapshotted(id);
            app.send(new Snap(id, base, "VALIS", null), MERGE);

            assertThat(resolutions(id).merged()).hasSize(5);
            assertThat(last(id).getSequenceNumber()).isEqualTo(7);
        }

        @Test
        void base_values_are_those_before_the_snapshot() {
            String id = newId();
            Revision base = snapshotted(id);

            assertThat(conflictOf(() -> app.send(new Snap(id, base, "VALIS", 9L), MERGE))
                            .conflicts()
                            .get(0)
                            .disputes())
                    .extracting(Dispute::base, Dispute::theirs)
                    .containsExactly(tuple(Optional.of(Value.of(2)), Optional.of(Value.of(7))));
        }

        @Test
        void a_current_revision_passes() {
            String id = newId();
            snapshotted(id);
            send(new Snap(id, current(id), "VALIS", null));

            assertThat(events(id)).hasSize(8);
        }
    }

    @Nested
    class Of_the_applications_own {

        @Test
        void commands_are_checked_early_and_by_the_guard() {
            String id = newId();
            send(new Wrap(id, app.head(), "Ubik", 1L));
            Revision base = current(id);
            send(new Wrap(id, base, "Ubik", 2L));
            calls.clear();

            conflictOf(() -> send(new Wrap(id, base, "VALIS", null)));
            assertThat(calls.all()).isEmpty();
            conflictOf(() -> app.send(new Wrap(id, base, null, 3L), MERGE));
            app.send(new Wrap(id, base, null, 2L), MERGE);
            long effect = app.fire(Identity.of("Wrapped", id));
            assertThat(conflictOf(() -> app.send(new Wrap(id, base, null, 2L), MERGE))
                            .unresolved())
                    .containsExactly(effect);
        }
    }
}
