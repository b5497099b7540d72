package dev.coherence.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static Samples samples(double... values) {
        return new Samples(DoubleStream.of(values).boxed().toList());
    }

    @Nested
    class Median {
        @Test
        void is_the_middle_one_whatever_their_order() {
            assertThat(samples(9, 1, 5).median()).isEqualTo(5);
        }

        @Test
        void is_between_the_two_in_the_middle_if_their_number_is_even() {
            assertThat(samples(9, 1, 6, 4).median()).isEqualTo(5);
        }

        @Test
        void does_not_care_how_far_off_an_outlier_is() {
            assertThat(samples(1, 2, 1_000_000).median()).isEqualTo(2);
        }
    }

    @Nested
    class Range {
        @Test
        void of_few_samples_is_from_the_lowest_to_the_highest() {
            Samples few = samples(3, 1, 2);

            assertThat(few.low()).isEqualTo(1);
            assertThat(few.high()).isEqualTo(3);
        }

        @Test
        void of_many_samples_leaves_out_what_is_far_from_the_middle() {
            Samples many = new Samples(
                    IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());

            assertThat(many.low()).isEqualTo(41);
            assertThat(many.high()).isEqualTo(60);
        }
    }

    @Nested
    class Relative_to_a_baseline {
        @Test
        void each_is_divided_by_the_one_of_the_same_round() {
            assertThat(samples(1, 6, 9).relativeTo(samples(2, 3, 9))).isEqualTo(samples(0.5, 2, 1));
        }

        @Test
        void another_number_of_rounds_is_refused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> samples(1, 2).relativeTo(samples(1)))
                    .withMessage("baseline: must have 2 rounds, but has 1");
        }
    }

    @Test
    void later_samples_come_after_earlier_ones() {
        assertThat(samples(3, 1).and(samples(2))).isEqualTo(samples(3, 1, 2));
    }

    @Test
    void none_at_all_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Samples(List.of()))
                .withMessage("values: there must be at least one");
    }

    @Test
    void what_no_measurement_can_give_is_refused() {
        for (double value : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> samples(1, value))
                    .withMessage("values: each must be finite and above 0, but one is " + value);
        }
    }
}
