package dev.coherence.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final List<String> measured = new ArrayList<>();

    /** Gives 1, 2, 3 and so on, times a factor. */
    private final class Counting implements Contestant {
        private final String name;
        private final double factor;
        private int slices;

        Counting(String name, double factor) {
            this.name = name;
            this.factor = factor;
        }

        @Override
        public double measureSlice() {
            measured.add(name);
            slices++;
            return slices * factor;
        }
    }

    private final Counting a = new Counting("a", 1);
    private final Counting b = new Counting("b", 10);
    private final Counting c = new Counting("c", 100);

    @Nested
    class The_samples {
        @Test
        void are_those_of_each_contestant_round_by_round() {
            assertThat(new Rounds(0, 3).of(List.of(a, b)))
                    .isEqualTo(
                            Map.of(a, new Samples(List.of(1.0, 2.0, 3.0)), b, new Samples(List.of(10.0, 20.0, 30.0))));
        }

        @Test
        void do_not_have_the_rounds_of_the_warm_up() {
            assertThat(new Rounds(2, 1).of(List.of(a))).isEqualTo(Map.of(a, new Samples(List.of(3.0))));
        }

        @Test
        void come_in_the_order_of_the_contestants() {
            assertThat(new Rounds(0, 2).of(List.of(c, a, b)).keySet()).containsExactly(c, a, b);
        }

        @Test
        void take_as_many_slices_as_were_announced() {
            Rounds rounds = new Rounds(2, 3);

            rounds.of(List.of(a));

            assertThat(measured).hasSize(rounds.slices());
        }
    }

    @Nested
    class The_order {
        @Test
        void is_turned_around_and_rotated_from_round_to_round() {
            new Rounds(0, 5).of(List.of(a, b, c));

            assertThat(String.join("", measured)).isEqualTo("abc" + "cba" + "bca" + "acb" + "cab");
        }

        @Test
        void lets_everybody_come_at_every_place_equally_often() {
            new Rounds(0, 6).of(List.of(a, b, c));

            for (int place = 0; place < 3; place++) {
                List<String> there = new ArrayList<>();
                for (int round = 0; round < 6; round++) {
                    there.add(measured.get(round * 3 + place));
                }
                assertThat(there).as("place %d", place).containsExactlyInAnyOrder("a", "a", "b", "b", "c", "c");
            }
        }
    }

    @Nested
    class Numbers {
        @Test
        void of_rounds_of_the_warm_up_are_not_negative() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Rounds(-1, 1))
                    .withMessage("warmUp: must be 0 or more, but is -1");
        }

        @Test
        void of_rounds_that_count_are_positive() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Rounds(0, 0))
                    .withMessage("measured: must be 1 or more, but is 0");
        }
    }
}
