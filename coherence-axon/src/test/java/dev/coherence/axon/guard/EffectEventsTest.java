package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.TargetRevision;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.guard.Book.Expire;
import dev.coherence.axon.guard.Book.Pay;
import dev.coherence.axon.guard.Book.Revise;
import dev.coherence.axon.guard.Events.BookRevised;
import dev.coherence.axon.guard.Events.KeysExpired;
import dev.coherence.axon.guard.Events.PaymentTaken;
import dev.coherence.revision.Revision;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Events that fire triggers. */
class EffectEventsTest extends OnEveryStore {

    /** Links to its own key, lets it expire, and goes on. */
    record Burn(
            @TargetAggregateIdentifier String isbn,
            @TargetRevision @Nullable Revision base,
            @Nullable Object sent) {}

    static class Safe {
        @AggregateIdentifier
        String isbn;

        Safe() {}

        @CommandHandler
        @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
        void handle(Burn command, CommandGateway commands) {
            apply(new PaymentTaken(command.isbn(), command.isbn(), null));
            apply(new KeysExpired(command.isbn(), List.of(command.isbn())));
            if (command.sent() != null) {
                commands.sendAndWait(command.sent());
            }
            apply(new BookRevised(command.isbn(), "burnt", null));
        }

        @EventSourcingHandler
        void on(PaymentTaken event) {
            isbn = event.isbn;
        }
    }

    @Override
    void configure(Configurer configurer) {
        configurer.configureAggregate(Book.class).configureAggregate(Safe.class);
    }

    private static Identity key(String id) {
        return Identity.of("key", id);
    }

    private List<Event> unseen(String id, Revision base) {
        return app.store.index.unseen(Identity.of(Book.KIND, id), base);
    }

    @Nested
    class An_effect_event {

        @Test
        void fires_one_effect_for_each_trigger() {
            String id = newId();
            send(new Expire(id, null, List.of(id, "2" + id, id)));

            assertThat(effects(key(id))).containsExactly(EffectFired.of(new Effect("key-expired", key(id))));
            assertThat(effects(key("2" + id))).hasSize(1);
            assertThat(events(id)).hasSize(1);
        }

        @Test
        void fires_the_same_trigger_again_at_its_next_version() {
            String id = newId();
            send(new Expire(id, null, List.of(id)));
            send(new Expire(id, current(id), List.of(id)));

            assertThat(effects(key(id))).hasSize(2);
        }

        @Test
        void may_fire_nothing() {
            String id = newId();
            send(new Expire(id, null, List.of()));

            assertThat(events(id)).hasSize(1);
        }

        @Test
        void makes_a_change_that_is_unseen_by_the_senders_of_other_commands() {
            String id = newId();
            send(new Pay(id, null, id));
            Revision base = current(id);
            String other = newId();
            send(new Expire(other, null, List.of(id)));

            assertThat(unseen(id, base)).hasSize(1);
            assertThat(conflictOf(() -> send(new Revise(id, "Ubik", 1L).on(base)))
                            .unresolved())
                    .containsExactly(unseen(id, base).get(0).sequenceNumber());
        }

        @Test
        void touches_no_path_itself() {
            String id = newId();
            send(new Revise(id, "Ubik", 1L));
            Revision base = current(id);
            send(new Expire(id, null, List.of(newId())));
            app.send(new Revise(id, "Ubik", 2L).on(base), MetaData.with("coherence-policy", "merge"));

            assertThat(resolutions(id).merged()).containsExactly(number(Book.KIND, id, 1));
        }

        @Test
        void has_reason_and_source_of_its_own() {
            String id = newId();
            send(new Expire(id, null, List.of(id)));

            assertThat(WithoutRevisionTest.ours(last(id)))
                    .containsEntry("coherence-reason", "key-expired")
                    .containsEntry("coherence-source", "test");
        }
    }

    @Nested
    class An_effect_of_our_own {

        @Test
        void is_no_conflict_with_our_own_events() {
            String id = newId();
            send(new Burn(id, app.head(), null));
            assertThat(events(id)).hasSize(3);
            assertThat(effects(key(id))).hasSize(1);

            send(new Burn(id, current(id), null));
            assertThat(events(id)).hasSize(6);
            assertThat(effects(key(id))).hasSize(2);
        }

        @Test
        void that_a_command_fires_which_a_handler_sends_on_is_stored_too() {
            String id = newId();
            String book = newId();
            send(new Burn(id, app.head(), new Expire(book, null, List.of("k" + id))));

            assertThat(effects(key(id))).hasSize(1);
            assertThat(effects(key("k" + id))).hasSize(1);
        }

        @Test
        void takes_turns_with_one_that_a_sent_command_fires_on_the_same_trigger() {
            String id = newId();
            send(new Burn(id, app.head(), new Expire(newId(), null, List.of(id))));

            assertThat(effects(key(id))).hasSize(1); // of one reason, in one batch
        }
    }

    @Nested
    class Together {

        @Test
        void event_and_effects_are_rolled_back() {
            String id = newId();
            send(new Expire(id, null, List.of(id)));
            Revision base = current(id);
            send(new Revise(id, "Ubik", 1L));

            conflictOf(() -> send(new Expire(id, base, List.of(id, newId()))));
            assertThat(effects(key(id))).hasSize(1);
        }

        @Test
        void event_and_effects_are_stored_when_somebody_else_publishes_the_event() {
            String id = newId();
            app.store.publish(GenericEventMessage.asEventMessage(new KeysExpired(id, List.of(id))));

            assertThat(effects(key(id))).hasSize(1);
        }

        @Test
        void they_need_a_unit_of_work() {
            String id = newId();

            assertThatThrownBy(() ->
                            app.events().publish(GenericEventMessage.asEventMessage(new KeysExpired(id, List.of(id)))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("KeysExpired links to triggers or fires them, which takes a transaction");
        }
    }
}
