package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Identity;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.guard.Book.Expire;
import dev.coherence.axon.guard.Book.Pay;
import dev.coherence.axon.guard.Book.Revise;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.BookShelved;
import dev.coherence.axon.guard.Events.KeysExpired;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** An action and an effect at the same moment: one of them waits for the other, and sees it. */
class ConcurrentEffectsTest extends OnEveryDatabase {

    private static final int WHILE_MILLIS = 150;

    /** What another thread does after the next event was appended and before it is committed. */
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    private final AtomicReference<CompletableFuture<Void>> started = new AtomicReference<>();

    /** What is sent within the unit of work that shelves a book, after that was appended. */
    private final AtomicReference<Object> reaction = new AtomicReference<>();

    record ShelveNextTo(String isbn, Identity trigger) {}

    /** A handler outside of aggregates. */
    record Shelver(Configuration configuration) {

        @CommandHandler
        void handle(ShelveNextTo command) {
            configuration
                    .repository(Book.class)
                    .load(command.isbn())
                    .execute(book -> apply(
                            new BookShelved(command.isbn(), "linked"),
                            MetaData.with(
                                    "coherence-triggers", command.trigger().toString())));
        }
    }

    /** Runs within the unit of work that appends, and holds it open for a while. */
    final class Gap {

        @EventHandler
        void on(BookRevised event) throws Exception {
            open();
        }

        @EventHandler
        void on(KeysExpired event) throws Exception {
            open();
        }

        @EventHandler
        void on(BookShelved event) {
            Object next = reaction.getAndSet(null);
            if (next != null) {
                send(next);
            }
        }

        private void open() throws Exception {
            Runnable work = meanwhile.getAndSet(null);
            if (work != null) {
                CompletableFuture<Void> future = OwnThread.run(work);
                started.set(future);
                try {
                    future.get(WHILE_MILLIS, TimeUnit.MILLISECONDS);
                    throw new IllegalStateException("did not wait");
                } catch (TimeoutException e) {
                    calls.add("waited");
                }
            }
        }
    }

    @Override
    void configure(Configurer configurer) {
        meanwhile.set(null);
        configurer
                .configureAggregate(Book.class)
                .registerCommandHandler(Shelver::new)
                .eventProcessing(processing -> processing
                        .usingSubscribingEventProcessors()
                        .registerDefaultListenerInvocationErrorHandler(config -> PropagatingErrorHandler.instance())
                        .registerEventHandler(config -> new Gap()));
    }

    @Nested
    class An_effect {

        @Test
        void waits_for_an_action_that_was_checked_already() throws Exception {
            String id = newId();
            Identity key = Identity.of("key", id);
            send(new Pay(id, null, id));
            Revision base = current(id);
            meanwhile.set(() -> app.fire(key));
            send(new Revise(id, "Ubik", 1L).on(base));
            started.get().get(30, TimeUnit.SECONDS);

            assertThat(calls.all()).contains("waited");
            assertThat(app.store.index.unseen(Identity.of(Book.KIND, id), base).stream()
                            .map(event -> event.<String>fold(action -> "action", effect -> "effect")))
                    .containsExactly("action", "effect");
        }

        @Test
        void waits_for_an_action_on_an_aggregate_that_was_locked_as_a_trigger_before() throws Exception {
            String id = newId();
            String other = newId();
            send(new Pay(id, null, id));
            send(new Revise(other, "VALIS", 1L));
            reaction.set(new Revise(id, "Ubik", 1L).on(current(id)));
            meanwhile.set(() -> app.fire(Identity.of("key", id)));
            send(new ShelveNextTo(other, Identity.of(Book.KIND, id)));
            started.get().get(30, TimeUnit.SECONDS);

            assertThat(events(id)).hasSize(2);
            assertThat(calls.all()).contains("waited");
        }
    }

    @Nested
    class An_action {

        @Test
        void waits_for_an_effect_and_is_refused_then() {
            String id = newId();
            send(new Pay(id, null, id));
            Revision base = current(id);
            meanwhile.set(() -> send(new Revise(id, "Ubik", 1L).on(base)));
            send(new Expire(newId(), null, List.of(id)));

            assertThat(calls.all()).contains("waited");
            assertThatThrownBy(() -> started.get().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ConflictException.class);
            assertThat(events(id)).hasSize(1);
        }
    }
}
