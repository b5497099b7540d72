package dev.coherence.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepetitionsTest {

    private static Map<String, Samples> contest(int repetition) {
        return Map.of("a", new Samples(List.of((double) repetition, 9.0)));
    }

    @Test
    void the_samples_of_all_repetitions_are_put_together() {
        Repetitions two = new Repetitions(2, Duration.ofHours(1));

        assertThat(two.of(RepetitionsTest::contest)).isEqualTo(Map.of("a", new Samples(List.of(1.0, 9.0, 2.0, 9.0))));
    }

    @Test
    void after_the_limit_none_begins_but_there_is_a_first_one() {
        Repetitions limited = new Repetitions(1_000, Duration.ZERO);

        assertThat(limited.of(RepetitionsTest::contest)).isEqualTo(Map.of("a", new Samples(List.of(1.0, 9.0))));
    }

    @Test
    void none_at_all_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Repetitions(0, Duration.ZERO))
                .withMessage("most: must be 1 or more, but is 0");
    }
}
