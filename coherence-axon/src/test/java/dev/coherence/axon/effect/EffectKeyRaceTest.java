package dev.coherence.axon.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.coherence.action.Effect;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.effect.FireResult.Fired;
import dev.coherence.value.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/**
 * Many threads fire with the same key at once, through two nodes: on PostgreSQL with JDBC, each node has a pool of its own
 * and knows nothing of the other.
 */
class EffectKeyRaceTest extends OnEveryStore {

    private static final int THREADS = 8;
    private static final int ROUNDS = 12;

    private @Nullable TestStore otherStore;
    private AxonEffects otherEffects;

    @BeforeParameterizedClassInvocation
    void startOther() {
        otherStore = on == Engine.POSTGRES_JDBC
                ? TestStore.onExistingTables(
                        TestDatabases.postgres(app.store.database().getJdbcUrl()))
                : null;
        TestStore store = otherStore == null ? app.store : otherStore;
        otherEffects = AxonEffects.builder()
                .eventStore(store.eventStore)
                .transactionManager(store.transactions)
                .index(store.index)
                .settings(SETTINGS)
                .build();
    }

    @AfterParameterizedClassInvocation
    void stopOther() {
        otherEffects.close();
        if (otherStore != null) {
            otherStore.close();
        }
    }

    private AxonEffects node(int thread) {
        return thread % 2 == 0 ? effects : otherEffects;
    }

    @Test
    void one_effect_is_fired_and_all_are_told_its_number() {
        for (int round = 0; round < ROUNDS; round++) {
            Effect effect = newEffect();
            String key = newId();
            List<FireResult> results =
                    OwnThread.together(THREADS, thread -> node(thread).fire(effect, key));

            assertThat(stored(effect.trigger())).as("round %d", round).hasSize(1);
            assertThat(results)
                    .extracting(result -> result.number().orElseThrow())
                    .containsOnly(number(stored(effect.trigger()).get(0)));
            assertThat(results).filteredOn(Fired.class::isInstance).hasSize(1);
        }
    }

    @Test
    void one_effect_is_fired_where_some_are_within_units_of_work() {
        for (int round = 0; round < ROUNDS; round++) {
            Effect effect = newEffect();
            String key = newId();
            OwnThread.together(
                    THREADS,
                    thread -> thread % 4 == 0
                            ? app.store.inTransaction(() -> effects.fire(effect, key))
                            : node(thread).fire(effect, key));

            assertThat(stored(effect.trigger())).as("round %d", round).hasSize(1);
        }
    }

    @Test
    void of_different_effects_with_one_key_one_is_fired_and_the_others_are_refused() {
        for (int round = 0; round < ROUNDS; round++) {
            String key = newId();
            List<Effect> different =
                    Stream.generate(EffectsSuite::newEffect).limit(THREADS).toList();
            List<Throwable> failures = new ArrayList<>(OwnThread.together(
                    THREADS, thread -> catchThrowable(() -> node(thread).fire(different.get(thread), key))));

            assertThat(different)
                    .as("round %d", round)
                    .filteredOn(effect -> !stored(effect.trigger()).isEmpty())
                    .hasSize(1);
            assertThat(failures.removeIf(failure -> failure == null)).isTrue();
            assertThat(failures).hasSize(THREADS - 1).allMatch(InvalidInputException.class::isInstance);
        }
    }

    @Test
    void without_a_key_each_is_fired() {
        Effect effect = newEffect();
        List<FireResult> results =
                OwnThread.together(THREADS, thread -> node(thread).fire(effect));

        assertThat(results)
                .extracting(result -> result.number().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(
                        stored(effect.trigger()).stream().map(this::number).toList());
    }
}
