package dev.coherence.axon.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.conflict.ConflictException;
import dev.coherence.axon.effect.FireResult.Fired;
import dev.coherence.axon.effect.FireResult.FiredBefore;
import dev.coherence.axon.effect.FireResult.Pending;
import dev.coherence.axon.effect.Vault.KeyExpired;
import dev.coherence.axon.event.EffectRequested;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EffectsTest extends OnEveryStore {

    private List<Event> unseen(String vault, Revision base) {
        return app.coherence.conflicts(base, Identity.of(Vault.KIND, vault));
    }

    @Nested
    class In_a_transaction_of_its_own {

        @Test
        void an_effect_is_stored_when_the_call_returns() {
            Effect effect = newEffect();
            FireResult result = effects.fire(effect);

            assertThat(payloads(effect.trigger())).containsExactly(form(effect));
            assertThat(result)
                    .isEqualTo(new Fired(number(stored(effect.trigger()).get(0))));
        }

        @Test
        void it_has_time_and_source_of_the_settings() {
            Effect effect = newEffect();
            long number = effects.fire(effect).number().orElseThrow();

            assertThat(app.store.index.unseen(effect.trigger(), Revision.at(0)))
                    .containsExactly(new RecordedEffect(number, NOW, "shop", effect));
        }

        @Test
        void it_is_fired_each_time() {
            Effect effect = newEffect();
            effects.fire(effect);
            effects.fire(effect);

            assertThat(stored(effect.trigger()))
                    .extracting(DomainEventMessage::getSequenceNumber)
                    .containsExactly(0L, 1L);
        }

        @Test
        void it_is_a_change_that_others_have_not_seen() {
            String vault = newId();
            open(vault, null, vault, () -> {});
            Revision base = current(vault);
            long number =
                    effects.fire(new Effect("expired", key(vault))).number().orElseThrow();

            assertThat(unseen(vault, base)).extracting(Event::sequenceNumber).containsExactly(number);
            assertThatThrownBy(() -> open(vault, base, vault, () -> {})).isInstanceOf(ConflictException.class);
        }

        @Test
        void it_is_stored_in_the_same_form_as_one_of_a_rebase_and_one_of_an_effect_event() {
            Effect effect = newEffect();
            effects.fire(effect);
            app.coherence
                    .rebase(Revision.at(0))
                    .effect(e -> e.reason(effect.reason()).trigger(effect.trigger()))
                    .execute();
            app.store.publish(GenericEventMessage.asEventMessage(
                    new KeyExpired(effect.trigger().id())));
            inTransaction(() -> effects.fire(effect));

            assertThat(stored(effect.trigger())).hasSize(4).allSatisfy(event -> {
                assertThat((Object) event.getPayload()).isEqualTo(form(effect));
                assertThat(event.getType()).isEqualTo("coherence:effect");
                assertThat(event.getAggregateIdentifier())
                        .isEqualTo("key!" + effect.trigger().id());
                assertThat(event.getMetaData()).containsOnlyKeys("coherence-source", "coherence-timestamp");
            });
        }
    }

    @Nested
    class Within_a_unit_of_work {

        @Test
        void an_effect_is_pending_until_the_commit() {
            Effect effect = newEffect();
            inTransaction(() -> {
                assertThat(effects.fire(effect)).isEqualTo(new Pending());
                assertThat(stored(effect.trigger())).isEmpty();
            });

            assertThat(payloads(effect.trigger())).containsExactly(form(effect));
            assertThat(app.store.index.unseen(effect.trigger(), Revision.at(0))).hasSize(1);
        }

        @Test
        void it_is_rolled_back_with_the_rest() {
            Effect effect = newEffect();
            long before = last();

            assertThatThrownBy(() -> inTransaction(() -> {
                        effects.fire(effect);
                        throw new IllegalStateException("changed my mind");
                    }))
                    .hasMessage("changed my mind");
            assertThat(last()).isEqualTo(before);
        }

        @Test
        void it_is_rolled_back_with_a_nested_one() {
            Effect effect = newEffect();
            Effect other = newEffect();
            inTransaction(() -> {
                UnitOfWork<?> nested = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("nested"));
                effects.fire(effect);
                nested.rollback();
                effects.fire(other);
            });

            assertThat(stored(effect.trigger())).isEmpty();
            assertThat(stored(other.trigger())).hasSize(1);
        }

        @Test
        void effects_on_one_trigger_are_stored_in_the_order_of_the_calls() {
            Effect first = newEffect();
            Effect second = new Effect("lost", first.trigger());
            Effect before = new Effect("made", first.trigger());
            effects.fire(before);
            inTransaction(() -> {
                effects.fire(first);
                effects.fire(second);
            });

            assertThat(payloads(first.trigger())).containsExactly(form(before), form(first), form(second));
            assertThat(stored(first.trigger()).stream().map(EffectsTest.this::number))
                    .isSorted();
        }

        @Test
        void an_effect_on_a_trigger_that_the_same_command_links_to_comes_after_it_and_is_no_conflict_with_it() {
            String vault = newId();
            Effect effect = new Effect("expired", key(vault));
            open(vault, app.store.index.head(), vault, () -> effects.fire(effect));
            Revision base = current(vault);
            open(vault, base, vault, () -> effects.fire(effect));

            assertThat(stored(effect.trigger())).hasSize(2);
            assertThat(unseen(vault, Revision.at(0)).stream()
                            .<String>map(event -> event.fold(a -> "action", e -> "effect")))
                    .containsExactly("action", "effect", "action", "effect");
        }

        @Test
        void a_request_that_an_aggregate_applies_touches_nothing_of_it() {
            String vault = newId();
            Effect effect = newEffect();
            open(vault, null, vault, () -> {});
            open(vault, null, vault, () -> apply(EffectRequested.of(effect)));

            assertThat(payloads(effect.trigger())).containsExactly(form(effect));
            try (Stream<RecordedAction> actions = app.store.index.actions(Identity.of(Vault.KIND, vault))) {
                assertThat(actions.map(action -> action.action().patch().touchesNothing()))
                        .containsExactly(false, true, false);
            }
        }

        @Test
        void too_late_a_call_is_refused() {
            Effect effect = newEffect();
            UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("test"));
            unitOfWork.afterCommit(u -> assertThatThrownBy(() -> effects.fire(effect))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("publish events"));
            unitOfWork.commit();

            assertThat(stored(effect.trigger())).isEmpty();
        }
    }

    @Nested
    class Without_a_guard {

        @Test
        void only_effects_in_transactions_of_their_own_are_fired() {
            try (TestStore store = on.open()) {
                AxonEffects unguarded = AxonEffects.builder()
                        .eventStore(store.eventStore)
                        .transactionManager(store.transactions)
                        .index(store.index)
                        .settings(SETTINGS)
                        .build();
                assertThatThrownBy(() -> store.inTransaction(() -> unguarded.fire(newEffect())))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContainingAll("EffectRequested[reason=expired", "no guard", "CoherenceModule");
                assertThat(store.index.lastNumber()).isZero();
                assertThat(unguarded.fire(newEffect())).isEqualTo(new Fired(store.index.lastNumber()));
            }
        }
    }

    @Nested
    class A_result {

        @Test
        void is_folded_by_its_kind() {
            assertThat(List.of(new Fired(1), new FiredBefore(2), new Pending()).stream()
                            .map(result -> result.<String>fold(
                                    fired -> "fired " + fired.sequenceNumber(),
                                    before -> "before " + before.sequenceNumber(),
                                    () -> "pending")))
                    .containsExactly("fired 1", "before 2", "pending");
            assertThat(new FiredBefore(2).number()).hasValue(2);
            assertThat(new Pending().number()).isEmpty();
        }
    }

    @Nested
    class Null {

        @Test
        void is_refused_by_name() {
            assertThatThrownBy(() -> effects.fire(null)).hasMessage("effect");
            assertThatThrownBy(() -> effects.fire(null, "k")).hasMessage("effect");
            assertThatThrownBy(() -> effects.cancel(null)).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> AxonEffects.builder().build()).isInstanceOf(NullPointerException.class);
        }
    }
}
