package dev.coherence.axon.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Effect;
import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.effect.FireResult.FiredBefore;
import dev.coherence.axon.effect.Vault.KeyExpired;
import dev.coherence.axon.event.EffectRequested;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.scheduling.EventScheduler;
import org.axonframework.eventhandling.scheduling.ScheduleToken;
import org.axonframework.eventhandling.scheduling.java.SimpleEventScheduler;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Effects that a scheduler of Axon's publishes when their time has come. */
class ScheduledEffectsTest extends OnEveryStore {

    private static final Instant AT_ONCE = Instant.EPOCH;

    private final BlockingQueue<Optional<Throwable>> ended = new LinkedBlockingQueue<>();
    private ScheduledThreadPoolExecutor executor;

    /** Tells how each task ended; Axon's scheduler keeps it to itself. */
    private final class TellingExecutor extends ScheduledThreadPoolExecutor {

        TellingExecutor() {
            super(1);
        }

        @Override
        protected void afterExecute(Runnable task, Throwable thrown) {
            try {
                ((Future<?>) task).get();
                ended.add(Optional.empty());
            } catch (ExecutionException e) {
                ended.add(Optional.of(e.getCause()));
            } catch (InterruptedException e) {
                ended.add(Optional.of(e));
            }
        }
    }

    /** Remembers what it was given. */
    private record Recording(EventScheduler delegate, List<Object> events) implements EventScheduler {

        @Override
        public ScheduleToken schedule(Instant triggerDateTime, Object event) {
            events.add(event);
            return delegate.schedule(triggerDateTime, event);
        }

        @Override
        public ScheduleToken schedule(Duration triggerDuration, Object event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cancelSchedule(ScheduleToken scheduleToken) {
            delegate.cancelSchedule(scheduleToken);
        }
    }

    @BeforeEach
    void startScheduler() {
        executor = new TellingExecutor();
        scheduler = scheduler(app.store.transactions);
    }

    @AfterEach
    void stopScheduler() {
        executor.shutdownNow();
    }

    private EventScheduler scheduler(TransactionManager transactions) {
        return SimpleEventScheduler.builder()
                .scheduledExecutorService(executor)
                .eventBus(app.store.eventStore)
                .transactionManager(transactions)
                .build();
    }

    private Optional<Throwable> outcome() {
        try {
            Optional<Throwable> outcome = ended.poll(1, TimeUnit.MINUTES);
            assertThat(outcome).as("a task that ends").isNotNull();
            return outcome;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nested
    class Fired_when_its_time_has_come {

        @Test
        void is_one_effect() {
            Effect effect = newEffect();
            effects.schedule(effect, AT_ONCE);

            assertThat(outcome()).isEmpty();
            assertThat(payloads(effect.trigger())).containsExactly(form(effect));
            assertThat(app.store.index.unseen(effect.trigger(), Revision.at(0))).hasSize(1);
        }

        @Test
        void is_one_effect_also_if_the_scheduler_publishes_it_twice() {
            Recording recording = new Recording(scheduler, new ArrayList<>());
            scheduler = recording;
            Effect effect = newEffect();
            effects.schedule(effect, AT_ONCE);
            recording.schedule(AT_ONCE, recording.events().get(0));

            assertThat(outcome()).isEmpty();
            assertThat(outcome()).isEmpty();
            assertThat(stored(effect.trigger())).hasSize(1);
        }

        @Test
        void is_an_effect_for_each_schedule() {
            Effect effect = newEffect();
            effects.schedule(effect, AT_ONCE);
            effects.schedule(effect, AT_ONCE);
            outcome();
            outcome();

            assertThat(stored(effect.trigger())).hasSize(2);
        }

        @Test
        void is_one_effect_for_each_key() {
            Effect effect = newEffect();
            String key = newId();
            effects.schedule(effect, AT_ONCE, key);
            effects.schedule(effect, AT_ONCE, key);
            outcome();
            outcome();

            assertThat(effects.fire(effect, key))
                    .isEqualTo(new FiredBefore(number(stored(effect.trigger()).get(0))));
            assertThat(stored(effect.trigger())).hasSize(1);
        }

        @Test
        void is_the_effect_of_an_effect_event() {
            Effect effect = newEffect();
            scheduler.schedule(AT_ONCE, new KeyExpired(effect.trigger().id()));

            assertThat(outcome()).isEmpty();
            assertThat(payloads(effect.trigger())).containsExactly(form(effect));
        }
    }

    @Nested
    class A_schedule {

        @Test
        void can_be_cancelled() {
            Effect effect = newEffect();
            ScheduleToken token = effects.schedule(effect, Instant.parse("2999-12-31T00:00:00Z"));
            assertThat(executor.getQueue()).hasSize(1);
            effects.cancel(token);

            assertThat(executor.getQueue()).allMatch(task -> ((Future<?>) task).isCancelled());
        }

        @Test
        void with_a_malformed_key_is_refused() {
            assertThatThrownBy(() -> effects.schedule(newEffect(), AT_ONCE, ""))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("key: ");
        }

        @Test
        void needs_a_scheduler() {
            scheduler = null;

            assertThatThrownBy(() -> effects.schedule(newEffect(), AT_ONCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("EventScheduler", "configure");
        }
    }

    @Nested
    class A_scheduler_without_transactions {

        private final Effect effect = newEffect();

        @BeforeEach
        void startScheduler() {
            scheduler = scheduler(NoTransactionManager.instance());
        }

        @Test
        void is_told_so_and_stores_nothing_where_they_are_needed() {
            boolean needsThem = on != Engine.IN_MEMORY && on != Engine.H2_JDBC_WITHOUT_SPRING;
            long before = last();
            effects.schedule(effect, AT_ONCE);

            Optional<Throwable> failure = outcome();
            assertThat(failure.isPresent()).isEqualTo(needsThem);
            failure.ifPresent(thrown -> assertThat(thrown)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("needs a transaction", "TransactionManager"));
            assertThat(last() == before).isEqualTo(needsThem);
        }

        @Test
        void cannot_publish_events_that_fire_triggers_either() {
            boolean needsThem = on != Engine.IN_MEMORY && on != Engine.H2_JDBC_WITHOUT_SPRING;
            long before = last();
            scheduler.schedule(AT_ONCE, new KeyExpired(effect.trigger().id()));

            assertThat(outcome().isPresent()).isEqualTo(needsThem);
            assertThat(last() == before).isEqualTo(needsThem);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_scheduled_survives_the_serializer(Serializers format) {
        Serializer serializer = format.serializer();
        for (Object payload : List.of(
                EffectRequested.of(newEffect()),
                EffectRequested.once(newEffect(), "a key"),
                ReplayRequested.ofKind("mended", "book", List.of("books", "titles")),
                ReplayRequested.of("mended", key("1"), List.of()))) {
            Object read = serializer.deserialize(serializer.serialize(payload, String.class));

            assertThat(read).isEqualTo(payload).hasSameHashCodeAs(payload).hasToString(payload.toString());
        }
    }
}
