package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Identity;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.PaymentTaken;
import dev.coherence.revision.Revision;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.IntervalRetryScheduler;
import org.axonframework.common.AxonTransientException;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Somebody else changes the aggregate, or fires a trigger, while the handler runs. */
class LostRaceTest extends OnEveryDatabase {

    private static final MetaData MERGE = MetaData.with("coherence-policy", "merge");

    /** What happens in another thread while a handler runs, once. */
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor();

    record Write(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            @Nullable String title,
            @Nullable Long price) {}

    record Link(@TargetAggregateIdentifier String isbn, String key) {}

    /** Lets others run while a handler runs. */
    interface Gap {
        void open();
    }

    static class Racer {
        @AggregateIdentifier
        String isbn;

        Racer() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Write command, Gap gap, Calls calls) {
            calls.add("ran");
            gap.open();
            apply(new BookRevised(command.isbn(), command.title(), command.price()));
        }

        @CommandHandler
        void handle(Link command) {
            apply(new PaymentTaken(command.isbn(), command.key(), null));
        }

        @EventSourcingHandler
        void on(BookRevised event) {
            isbn = event.isbn;
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer
                .registerComponent(
                        Gap.class,
                        config -> () ->
                                OwnThread.run(meanwhile.getAndSet(() -> {})).join())
                .configureAggregate(Racer.class);
    }

    @AfterAll
    void stopRetries() {
        retries.shutdownNow();
    }

    private CommandGateway retrying() {
        return DefaultCommandGateway.builder()
                .commandBus(app.axon.commandBus())
                .retryScheduler(IntervalRetryScheduler.builder()
                        .retryExecutor(retries)
                        .retryInterval(1)
                        .maxRetryCount(5)
                        .build())
                .build();
    }

    private String racer() {
        String id = newId();
        send(new Write(id, null, "Ubik", 1L));
        calls.clear();
        return id;
    }

    /** Another node appends an event, while the next handler runs. */
    private void append(String id, long version, Object event) {
        meanwhile.set(() -> app.store.publish(new GenericDomainEventMessage<>("Racer", id, version, event)));
    }

    @Nested
    class An_action_that_wins {

        @Test
        void makes_the_command_fail_in_a_way_that_says_try_again() {
            String id = racer();
            Revision base = current(id);
            append(id, 1, new BookRevised(id, null, 9L));

            assertThat(catchThrowable(() -> send(new Write(id, base, null, 2L))))
                    .isInstanceOf(ConcurrencyException.class)
                    .isInstanceOf(AxonTransientException.class);
            assertThat(events(id)).hasSize(2);
        }

        @Test
        void is_a_conflict_after_the_retry() {
            String id = racer();
            Revision base = current(id);
            append(id, 1, new BookRevised(id, null, 9L));

            assertThat(catchThrowable(() -> retrying().sendAndWait(new Write(id, base, null, 2L))))
                    .isInstanceOfSatisfying(
                            ConflictException.class,
                            conflict ->
                                    assertThat(conflict.report().unresolved()).containsExactly(number("Racer", id, 1)));
            assertThat(calls.all()).as("refused early at the retry").hasSize(1);
        }

        @Test
        void is_merged_after_the_retry() {
            String id = racer();
            Revision base = current(id);
            append(id, 1, new BookRevised(id, null, 9L));
            retrying().sendAndWait(new GenericCommandMessage<>(new Write(id, base, "VALIS", null), MERGE));

            assertThat(calls.all()).hasSize(2);
            assertThat(resolutions(id).merged()).containsExactly(number("Racer", id, 1));
        }

        @Test
        void is_passed_over_after_the_retry_of_a_command_without_a_revision() {
            String id = racer();
            append(id, 1, new BookRevised(id, null, 9L));
            retrying().sendAndWait(new Write(id, null, null, 2L));

            assertThat(events(id)).hasSize(3);
        }

        @Test
        void is_noticed_by_its_version_where_the_base_is_stale_too() {
            String id = racer();
            Revision base = current(id);
            send(new Write(id, null, null, 5L));
            append(id, 2, new BookRevised(id, null, 9L));

            assertThat(catchThrowable(() -> app.send(new Write(id, base, "VALIS", null), MERGE)))
                    .isInstanceOf(ConcurrencyException.class);
        }

        @Test
        void to_make_the_aggregate_is_a_conflict_after_the_retry() {
            String id = newId();
            Revision base = app.head();
            append(id, 0, new BookRevised(id, null, 9L));

            assertThat(catchThrowable(() -> retrying().sendAndWait(new Write(id, base, null, 2L))))
                    .isInstanceOf(ConflictException.class);
        }
    }

    @Nested
    class An_effect_that_wins {

        @Test
        void is_a_conflict() {
            String id = racer();
            send(new Link(id, id));
            Revision base = current(id);
            meanwhile.set(() -> app.fire(Identity.of("key", id)));

            assertThat(catchThrowable(() -> send(new Write(id, base, null, 2L))))
                    .isInstanceOfSatisfying(
                            ConflictException.class,
                            conflict ->
                                    assertThat(conflict.report().unresolved()).hasSize(1));
            assertThat(events(id)).hasSize(2);
        }
    }

    @Nested
    class A_conflict {

        @Test
        void is_not_tried_again() {
            String id = racer();
            Revision base = current(id);
            send(new Write(id, null, null, 5L));
            calls.clear();

            assertThat(catchThrowable(() ->
                            retrying().sendAndWait(new GenericCommandMessage<>(new Write(id, base, null, 2L), MERGE))))
                    .isInstanceOf(ConflictException.class);
            assertThat(calls.all()).hasSize(1);
        }
    }
}
