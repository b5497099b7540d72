package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.Conflicts;
import dev.coherence.axon.conflict.LostRaceException;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.revision.Revision;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.common.AxonNonTransientException;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.conflictresolution.ConflictResolver;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.ConflictingAggregateVersionException;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where Axon's own conflict resolution fails. Each test shows that it does, and that ours does not. */
class AxonsOwnResolutionTest extends OnEveryStore {

    record WriteTheirWay(
            @TargetAggregateIdentifier String isbn,
            @TargetAggregateVersion @Nullable Long version,
            long price) {}

    record WriteOurWay(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Long version,
            long price) {}

    /** An update with an expected version, which Axon knows of. */
    record UpdateTheirWay(
            @TargetAggregateIdentifier String isbn,
            @TargetAggregateVersion @Nullable Long version,
            long price) {}

    record UpdateOurWay(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            long price) {}

    /** Accepts every conflict, of two aggregates. */
    record MoveTheirWay(
            @TargetAggregateIdentifier String from,
            @TargetAggregateVersion long version,
            String to,
            long toVersion) {}

    record MoveOurWay(
            @TargetAggregateIdentifier String from,
            @TargetRevision Revision base,
            String to) {}

    /** The way to other aggregates. */
    interface Stocks {
        Repository<Stock> repository();
    }

    static class Stock {
        @AggregateIdentifier
        String isbn;

        Stock() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(WriteTheirWay command) {
            apply(new BookRevised(command.isbn(), null, command.price()));
        }

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(WriteOurWay command) {
            apply(new BookRevised(command.isbn(), null, command.price()));
        }

        @CommandHandler
        void handle(UpdateTheirWay command) {
            apply(new BookRevised(command.isbn(), null, command.price()));
        }

        @CommandHandler
        void handle(UpdateOurWay command) {
            apply(new BookRevised(command.isbn(), null, command.price()));
        }

        @CommandHandler
        void handle(MoveTheirWay command, ConflictResolver resolver, Stocks stocks) {
            stocks.repository().load(command.to(), command.toVersion()).execute(Stock::move);
            move();
            resolver.detectConflicts(unseen -> false);
        }

        @CommandHandler
        void handle(MoveOurWay command, Conflicts conflicts, Stocks stocks) {
            stocks.repository().load(command.to()).execute(Stock::move);
            for (String id : List.of(command.from(), command.to())) {
                conflicts.resolve(conflicts.unseen(Identity.of("Stock", id)).stream()
                        .map(Event::sequenceNumber)
                        .toList());
            }
            move();
        }

        void move() {
            apply(new BookShelved(isbn, "moved"));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    private final Cache cache = new WeakReferenceCache();

    @Override
    void configure(Configurer configurer) {
        configurer.registerComponent(Stocks.class, config -> () -> config.repository(Stock.class));
        configurer.configureAggregate(
                AggregateConfigurer.defaultConfiguration(Stock.class).configureCache(config -> cache));
    }

    private String stock() {
        String id = newId();
        send(new WriteTheirWay(id, null, 1));
        return id;
    }

    @Nested
    class Create_if_missing {

        @Test
        void ignores_the_version() {
            String id = stock();
            send(new WriteTheirWay(id, null, 2));
            send(new WriteTheirWay(id, 0L, 3));

            assertThat(events(id)).as("an update was lost").hasSize(3);
        }

        @Test
        void respects_the_revision() {
            String id = stock();
            send(new WriteOurWay(id, null, 2));

            assertThat(conflictOf(() -> send(new WriteOurWay(id, 0L, 3))).unresolved())
                    .containsExactly(number("Stock", id, 1));
        }
    }

    @Nested
    class Several_aggregates {

        @Test
        void have_one_resolver_so_that_conflicts_of_the_other_cannot_be_accepted() {
            String from = stock();
            String to = stock();
            send(new UpdateTheirWay(from, null, 2));
            send(new UpdateTheirWay(to, null, 2));

            failureOf(ConflictingAggregateVersionException.class, () -> send(new MoveTheirWay(from, 0, to, 0)));
        }

        @Test
        void are_all_checked_and_all_can_be_accepted() {
            String from = stock();
            String to = stock();
            Revision base = app.head();
            send(new UpdateTheirWay(from, null, 2));
            send(new UpdateTheirWay(to, null, 2));
            send(new MoveOurWay(from, base, to));

            assertThat(resolutions(from).marked()).containsExactly(number("Stock", from, 1));
            assertThat(resolutions(to).marked()).containsExactly(number("Stock", to, 1));
        }
    }

    @Nested
    class A_cache_that_is_out_of_date {

        private void behindItsBack(String id) {
            app.store.publish(new GenericDomainEventMessage<>("Stock", id, 1, new BookRevised(id, null, 9L)));
        }

        @Test
        void makes_a_conflict_of_what_is_none_and_is_not_tried_again() {
            String id = stock();
            Object entry = cache.get(id);
            behindItsBack(id);

            assertThat(failureOf(ConflictingAggregateVersionException.class, () -> send(new UpdateTheirWay(id, 1L, 2))))
                    .isInstanceOf(AxonNonTransientException.class);
            assertThat(entry).isNotNull();
        }

        @Test
        void is_a_lost_race_that_is_won_next_time() {
            String id = stock();
            Object entry = cache.get(id);
            behindItsBack(id);

            failureOf(LostRaceException.class, () -> send(new UpdateOurWay(id, Revision.ofVersion(1), 2)));
            send(new UpdateOurWay(id, Revision.ofVersion(1), 2));
            assertThat(List.of(entry, events(id).size())).contains(3);
        }
    }
}
