package dev.coherence.axon.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Effect;
import dev.coherence.axon.effect.FireResult.Fired;
import dev.coherence.axon.effect.FireResult.FiredBefore;
import dev.coherence.axon.effect.FireResult.Pending;
import dev.coherence.axon.event.EffectRequested;
import dev.coherence.axon.guard.KeyedEffects;
import dev.coherence.value.InvalidInputException;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Effects that are fired once for a key. */
class EffectKeysTest extends OnEveryStore {

    private AbstractThrowableAssert<?, ?> assertRefused(String key, ThrowingCallable call) {
        long before = last();
        AbstractThrowableAssert<?, ?> refused = assertThatThrownBy(call)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("key: ")
                .hasMessageContaining("\"" + key + "\"");
        assertThat(last()).isEqualTo(before);
        return refused;
    }

    @Nested
    class The_second_call_with_a_key {

        @Test
        void changes_nothing_and_tells_the_number_of_the_first() {
            Effect effect = newEffect();
            String key = newId();
            long number = effects.fire(effect, key).number().orElseThrow();
            effects.fire(newEffect());
            long before = last();

            assertThat(effects.fire(effect, key)).isEqualTo(new FiredBefore(number));
            assertThat(last()).isEqualTo(before);
            assertThat(number(stored(effect.trigger()).get(0))).isEqualTo(number);
        }

        @Test
        void may_be_the_next_event() {
            Effect effect = newEffect();
            String key = newId();
            FireResult first = effects.fire(effect, key);

            assertThat(effects.fire(effect, key))
                    .isEqualTo(new FiredBefore(first.number().orElseThrow()));
        }

        @Test
        void is_refused_for_another_reason_or_trigger() {
            Effect effect = newEffect();
            String key = newId();
            long number = effects.fire(effect, key).number().orElseThrow();

            assertRefused(key, () -> effects.fire(new Effect("lost", effect.trigger()), key))
                    .hasMessageContaining("was used for the effect with number " + number);
            assertRefused(key, () -> effects.fire(newEffect(), key)).hasMessageContaining("choose another");
        }

        @Test
        void is_no_matter_if_the_key_differs() {
            Effect effect = newEffect();
            String key = newId();
            effects.fire(effect, key);

            assertThat(effects.fire(effect, key + " ")).isInstanceOf(Fired.class);
            assertThat(effects.fire(effect)).isInstanceOf(Fired.class);
            assertThat(stored(effect.trigger())).hasSize(3);
        }
    }

    @Nested
    class Within_a_unit_of_work {

        @Test
        void an_effect_is_fired_once() {
            Effect effect = newEffect();
            String key = newId();
            inTransaction(() -> {
                assertThat(effects.fire(effect, key)).isEqualTo(new Pending());
                assertThat(effects.fire(effect, key)).isEqualTo(new Pending());
            });

            assertThat(payloads(effect.trigger())).containsExactly(form(effect));
            assertThat(effects.fire(effect, key))
                    .isEqualTo(new FiredBefore(number(stored(effect.trigger()).get(0))));
        }

        @Test
        void two_keys_are_two_effects() {
            Effect effect = newEffect();
            inTransaction(() -> {
                effects.fire(effect, newId());
                effects.fire(effect, newId());
                effects.fire(effect);
            });

            assertThat(stored(effect.trigger())).hasSize(3);
        }

        @Test
        void a_key_that_was_used_before_is_found_at_once() {
            Effect effect = newEffect();
            String key = newId();
            long number = effects.fire(effect, key).number().orElseThrow();
            inTransaction(() -> assertThat(effects.fire(effect, key)).isEqualTo(new FiredBefore(number)));

            assertThat(last()).isEqualTo(number);
        }

        @Test
        void a_key_of_another_effect_is_refused_at_once() {
            String key = newId();
            effects.fire(newEffect(), key);

            inTransaction(() -> assertRefused(key, () -> effects.fire(newEffect(), key)));
        }

        @Test
        void a_key_of_another_effect_of_the_same_transaction_is_refused_at_the_commit() {
            String key = newId();
            assertRefused(
                            key,
                            () -> inTransaction(() -> {
                                effects.fire(newEffect(), key);
                                effects.fire(newEffect(), key);
                            }))
                    .hasMessageContaining("another effect of the same transaction");
        }

        @Test
        void a_request_whose_key_was_used_meanwhile_fires_nothing() {
            Effect effect = newEffect();
            String key = newId();
            effects.fire(effect, key);
            app.store.publish(GenericEventMessage.asEventMessage(EffectRequested.once(effect, key)));

            assertThat(stored(effect.trigger())).hasSize(1);
        }

        @Test
        void a_request_with_the_key_of_another_effect_is_refused() {
            String key = newId();
            effects.fire(newEffect(), key);

            assertRefused(
                    key,
                    () -> app.store.publish(
                            GenericEventMessage.asEventMessage(EffectRequested.once(newEffect(), key))));
        }
    }

    @Nested
    class A_key {

        @ParameterizedTest
        @ValueSource(strings = {"", "\0", "\ud800"})
        void that_is_no_name_is_refused(String key) {
            assertThatThrownBy(() -> effects.fire(newEffect(), key))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("key: ");
        }

        @Test
        void stands_in_the_metadata_and_makes_the_identifier() {
            Effect effect = newEffect();
            String key = newId();
            effects.fire(effect, key);

            assertThat(stored(effect.trigger()).get(0).getMetaData())
                    .containsEntry("coherence-key", key)
                    .containsEntry("coherence-source", "shop");
            assertThat(stored(effect.trigger()).get(0).getIdentifier()).isEqualTo(KeyedEffects.identifier(key));
        }

        /** Stored for ever: it must never change. */
        @Test
        void makes_the_same_identifier_in_all_versions() {
            assertThat(KeyedEffects.identifier("rate EUR 2026-03-01"))
                    .isEqualTo("230b9d56-e041-84ff-b9c2-9b314c2079e2");
            assertThat(UUID.fromString(KeyedEffects.identifier("rate EUR 2026-03-01")))
                    .extracting(UUID::version, UUID::variant)
                    .containsExactly(8, 2);
        }
    }
}
