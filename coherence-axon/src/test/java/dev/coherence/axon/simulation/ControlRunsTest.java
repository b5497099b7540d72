package dev.coherence.axon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.simulation.Runs.Failure;
import dev.coherence.axon.simulation.Setup.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** The simulation can fail: with plain Axon, and with ours where a rule is left out, some runs do. */
class ControlRunsTest {

    private static final int TRIES = 200;
    private static final int AT_A_TIME = 20;

    @Test
    void plain_axon_handles_events_twice_when_numbers_are_filled_late() {
        assertThat(failures(
                        seed -> Schedule.ofPlain(seed, Kind.POOLED, Set.of(Step.Merge.class, Step.Split.class)),
                        Variant.PLAIN))
                .isNotEmpty();
    }

    @Test
    void plain_axon_handles_events_twice_after_a_merge() {
        assertThat(failures(
                        seed -> Schedule.ofPlain(seed, Kind.POOLED, Set.of(Step.Open.class, Step.Crash.class)),
                        Variant.PLAIN))
                .isNotEmpty();
    }

    @Test
    void without_rule_b_events_are_handled_twice() {
        assertThat(failures(seed -> Schedule.of(seed, Kind.POOLED), Variant.OURS_WITHOUT_RULE_B))
                .isNotEmpty();
    }

    /** Tries until some have failed, but not for ever. */
    private static List<Failure> failures(LongFunction<Schedule> schedules, Variant variant) {
        Runs runs = new Runs("control", schedules, variant, MemoryPlace::new, 4);
        List<Failure> failures = new ArrayList<>();
        for (long first = 1; first <= TRIES && failures.isEmpty(); first += AT_A_TIME) {
            List<Long> seeds = new ArrayList<>();
            for (long seed = first; seed < first + AT_A_TIME; seed++) {
                seeds.add(seed);
            }
            failures.addAll(runs.of(seeds));
        }
        return failures;
    }
}
