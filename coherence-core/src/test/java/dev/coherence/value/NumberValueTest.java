package dev.coherence.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NumberValueTest {

    @Nested
    class Equality {
        @Test
        void is_by_value() {
            assertThat(number("1.50")).isEqualTo(number("1.5")).hasSameHashCodeAs(number("1.5"));
            assertThat(number("100")).isEqualTo(number("1E2"));
            assertThat(number("1")).isNotEqualTo(number("1.0000000000000000000000001"));
        }

        @Test
        void knows_one_zero() {
            assertThat(Value.of(-0.0))
                    .isEqualTo(Value.of(0))
                    .isEqualTo(number("0.000"))
                    .isEqualTo(number("0E+2147483647"))
                    .isEqualTo(number("0E-2147483647"))
                    .isEqualTo(Value.parse("-0"))
                    .isEqualTo(Value.parse("-0.0e-5"));
            assertThat(Value.of(-0.0).toJson()).isEqualTo("0");
        }

        @Test
        void agrees_with_compare_to_of_big_decimal() {
            for (long seed = 0; seed < 5_000; seed++) {
                Random random = new Random(seed);
                BigDecimal one = decimal(random);
                BigDecimal other =
                        random.nextBoolean() ? one.setScale(one.scale() + random.nextInt(30)) : decimal(random);

                assertThat(new NumberValue(one).equals(new NumberValue(other)))
                        .as("seed %d: %s and %s", seed, one, other)
                        .isEqualTo(one.compareTo(other) == 0);
                assertThat(new NumberValue(one).value()).as("seed %d", seed).isEqualTo(one.stripTrailingZeros());
            }
        }

        private static BigDecimal decimal(Random random) {
            BigInteger digits =
                    BigInteger.valueOf(random.nextInt(20) - 10).multiply(BigInteger.TEN.pow(random.nextInt(40)));
            return new BigDecimal(digits, random.nextInt(80) - 40);
        }
    }

    @Nested
    class Text {
        @Test
        void is_plain_unless_it_takes_more_than_twenty_zeros_that_are_no_digits() {
            assertThat(number("100").toJson()).isEqualTo("100");
            assertThat(number("-1.50").toJson()).isEqualTo("-1.5");
            assertThat(number("1E20").toJson()).isEqualTo("1" + "0".repeat(20));
            assertThat(number("1E21").toJson()).isEqualTo("1E+21");
            assertThat(number("12E21").toJson()).isEqualTo("1.2E+22");
            assertThat(number("1E-21").toJson()).isEqualTo("0." + "0".repeat(20) + "1");
            assertThat(number("1E-22").toJson()).isEqualTo("1E-22");
            assertThat(number("123456789012345678901234567890").toJson()).isEqualTo("123456789012345678901234567890");
        }
    }

    @Nested
    class Limit {
        @Test
        void of_digits_is_inclusive_and_counts_no_zeros_at_the_ends() {
            assertThat(number("9".repeat(1_000)).value().precision()).isEqualTo(1_000);
            assertThat(number("0." + "0".repeat(500) + "9".repeat(1_000))
                            .value()
                            .precision())
                    .isEqualTo(1_000);
            assertThat(number("9" + "0".repeat(9_000)).value().precision()).isEqualTo(1);
            assertThatThrownBy(() -> number("9".repeat(1_001)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("1000 significant digits");
        }

        @Test
        void of_the_exponent_is_inclusive() {
            assertThat(number("1E10000").toJson()).isEqualTo("1E+10000");
            assertThat(number("1E-10000").toJson()).isEqualTo("1E-10000");
            assertRefusedExponent("1E10001");
            assertRefusedExponent("1E-10001");
            assertRefusedExponent("10E10000");
            assertRefusedExponent("1E2147483647");
            assertRefusedExponent("1E-2147483647");
            assertThatThrownBy(() -> new NumberValue(new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE)))
                    .isInstanceOf(InvalidInputException.class);
        }

        @Test
        void lets_doubles_of_all_sizes_pass_and_what_a_double_cannot_hold() {
            assertThat(Value.of(Double.MAX_VALUE)).isEqualTo(number("1.7976931348623157E+308"));
            assertThat(Value.parse("1e400")).isEqualTo(number("1E400"));
        }

        @Test
        void refuses_enormous_numbers_without_working_on_them() {
            BigInteger enormous = BigInteger.ONE.shiftLeft(50_000_000);

            assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThatThrownBy(() -> Value.of(enormous)).isInstanceOf(InvalidInputException.class));
        }

        @Test
        void keeps_numbers_with_thousands_of_zeros_cheap() {
            BigInteger zeros = BigInteger.TEN.pow(10_000);

            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                for (int i = 0; i < 500; i++) {
                    assertThat(Value.of(zeros)).isEqualTo(number("1E10000"));
                }
            });
        }

        @Test
        void still_lets_a_number_go_out_as_java_and_come_back() {
            Value largest = number("9".repeat(1_000) + "E10000");

            assertThat(largest.toJava()).isInstanceOf(BigInteger.class);
            assertThat(Value.of(largest.toJava())).isEqualTo(largest);
            assertThat(Value.parse(largest.toJson())).isEqualTo(largest);
        }

        private static void assertRefusedExponent(String number) {
            assertThatThrownBy(() -> number(number))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("-10000 to 10000");
        }
    }

    private static NumberValue number(String text) {
        return new NumberValue(new BigDecimal(text));
    }
}
