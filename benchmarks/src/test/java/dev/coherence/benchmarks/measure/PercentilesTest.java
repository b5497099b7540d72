package dev.coherence.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PercentilesTest {

    private final Percentiles percentiles = new Percentiles();

    private void addMillisDownFrom(int most) {
        for (long millis = most; millis > 0; millis--) {
            percentiles.add(millis * 1_000_000);
        }
    }

    @Test
    void give_the_nearest_rank_in_whatever_order_durations_come() {
        addMillisDownFrom(200);

        assertThat(percentiles.millis(50)).isEqualTo(100);
        assertThat(percentiles.millis(99)).isEqualTo(198);
        assertThat(percentiles.millis(100)).isEqualTo(200);
        assertThat(percentiles.millis(0.1)).isEqualTo(1);
    }

    @Test
    void give_a_duration_that_was_there() {
        percentiles.add(3_500_000);

        assertThat(percentiles.millis(50)).isEqualTo(3.5);
        assertThat(percentiles.count()).isEqualTo(1);
    }

    @Test
    void refuse_to_answer_without_a_duration() {
        addMillisDownFrom(5);
        percentiles.clear();

        assertThatThrownBy(() -> percentiles.millis(50)).isInstanceOf(IllegalStateException.class);
    }
}
