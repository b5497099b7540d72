package dev.coherence.axon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.simulation.Runs.Failure;
import dev.coherence.axon.simulation.Setup.Kind;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens to the nodes: the projections hold what a clean rebuild would, each affected aggregate was replayed, and
 * the tokens at rest are Axon's.
 *
 * <p>The schedules are drawn from seeds that are new each time. {@code coherence.simulation.seed} repeats one, which fixes the
 * schedule but not the threads; {@code coherence.simulation.runs} says how many runs there are in all.
 */
class SimulationTest {

    private static final int RUNS = Integer.getInteger("coherence.simulation.runs", 500);
    private static final Long SEED = Long.getLong("coherence.simulation.seed");

    @ParameterizedTest
    @EnumSource
    void holds_where_numbers_are_filled_late(Kind kind) {
        check("memory", kind, MemoryPlace::new, 0.34, 6);
    }

    @ParameterizedTest
    @EnumSource
    void holds_on_postgres_with_jdbc(Kind kind) {
        check(Engine.POSTGRES_JDBC, kind, 0.06);
    }

    @ParameterizedTest
    @EnumSource
    void holds_on_postgres_with_jpa(Kind kind) {
        check(Engine.POSTGRES_JPA, kind, 0.06);
    }

    @ParameterizedTest
    @EnumSource
    void holds_on_h2_with_jdbc(Kind kind) {
        check(Engine.H2_JDBC, kind, 0.02);
    }

    @ParameterizedTest
    @EnumSource
    void holds_on_h2_with_jpa(Kind kind) {
        check(Engine.H2_JPA, kind, 0.02);
    }

    private static void check(Engine engine, Kind kind, double share) {
        check(engine.name(), kind, () -> new DatabasePlace(engine), share, 4);
    }

    /**
     * @param share of all runs
     */
    private static void check(String name, Kind kind, Supplier<Place> places, double share, int side) {
        Runs runs = new Runs(name + "-" + kind, seed -> Schedule.of(seed, kind), Variant.OURS, places, side);
        List<Failure> failures = SEED == null ? runs.upTo((int) Math.ceil(RUNS * share)) : runs.of(List.of(SEED));
        assertThat(failures)
                .as(() -> "%s with seeds %s:%n%s"
                        .formatted(
                                name,
                                failures.stream().map(Failure::seed).toList(),
                                failures.stream().map(Failure::description).collect(Collectors.joining("\n\n"))))
                .isEmpty();
    }
}
