package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.CharBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SingleValuesTest {

    enum Genre {
        CYBERPUNK {
            @Override
            public String toString() {
                return "with a body";
            }
        },
        SPACE
    }

    @ActionEvent(reason = "test")
    @SuppressWarnings("ArrayRecordComponent") // which users may have
    record Primitives(
            byte b, short s, int i, long l, float f, double d, boolean truth, char c, int[] ints, boolean[] truths) {}

    @ActionEvent(reason = "test")
    record Anything(Object any) {}

    static Stream<Arguments> scalars() throws Exception {
        return Stream.of(
                arguments("text", "\"text\""),
                arguments(CharBuffer.wrap("built"), "\"built\""),
                arguments('c', "\"c\""),
                arguments(true, "true"),
                arguments((byte) 1, "1"),
                arguments((short) 1, "1"),
                arguments(1, "1"),
                arguments(1L, "1"),
                arguments(new BigInteger("123456789012345678901"), "123456789012345678901"),
                arguments(new BigDecimal("1.50"), "1.5"),
                arguments(0.1f, "0.1"),
                arguments(0.1d, "0.1"),
                arguments(Instant.EPOCH, "\"1970-01-01T00:00:00Z\""),
                arguments(LocalDate.EPOCH, "\"1970-01-01\""),
                arguments(LocalTime.NOON, "\"12:00\""),
                arguments(LocalDateTime.of(1970, 1, 1, 0, 0), "\"1970-01-01T00:00\""),
                arguments(OffsetDateTime.parse("1970-01-01T00:00+01:00"), "\"1970-01-01T00:00+01:00\""),
                arguments(OffsetTime.parse("12:00Z"), "\"12:00Z\""),
                arguments(
                        ZonedDateTime.parse("1970-01-01T00:00+01:00[Europe/Berlin]"),
                        "\"1970-01-01T00:00+01:00[Europe/Berlin]\""),
                arguments(Year.of(1984), "\"1984\""),
                arguments(YearMonth.of(1984, 7), "\"1984-07\""),
                arguments(MonthDay.of(7, 1), "\"--07-01\""),
                arguments(Duration.ofMinutes(90), "\"PT1H30M\""),
                arguments(Period.ofDays(3), "\"P3D\""),
                arguments(ZoneId.of("Europe/Berlin"), "\"Europe/Berlin\""),
                arguments(ZoneOffset.UTC, "\"Z\""),
                arguments(new UUID(0, 1), "\"00000000-0000-0000-0000-000000000001\""),
                arguments(URI.create("urn:isbn:1"), "\"urn:isbn:1\""),
                arguments(URI.create("http://example.org/").toURL(), "\"http://example.org/\""),
                arguments(Currency.getInstance("EUR"), "\"EUR\""),
                arguments(Locale.forLanguageTag("de-CH"), "\"de-CH\""),
                arguments(new Locale("", "", "x y"), "\"__x y\""),
                arguments(Identity.of("book", "1"), "\"book:1\""),
                arguments(Value.NULL, "null"),
                arguments(Value.of(List.of(1)), "[1]"));
    }

    @Nested
    class Single_values {
        @ParameterizedTest
        @MethodSource("dev.coherence.axon.payload.SingleValuesTest#scalars")
        void are_numbers_truths_and_texts(Object scalar, String json) {
            assertThat(value(new Anything(scalar)).toJson()).isEqualTo(json);
            assertThat(Scalars.form(scalar.getClass())).isPresent();
        }

        @Test
        void may_be_primitive() {
            Primitives event = new Primitives(
                    (byte) 1, (short) 2, 3, 4, 5.5f, 6.5, true, 'c', new int[] {7, 8}, new boolean[] {true});
            assertThat(Described.assoc(event).values())
                    .containsExactlyInAnyOrder("1", "2", "3", "4", "5.5", "6.5", "true", "\"c\"", "[7,8]", "[true]");
        }

        @ActionEvent(reason = "test")
        record OfEnum(Genre genre, DayOfWeek day) {}

        @Test
        void of_an_enum_are_the_names_of_its_constants() {
            assertThat(Described.assoc(new OfEnum(Genre.CYBERPUNK, DayOfWeek.MONDAY)))
                    .containsEntry("genre", "\"CYBERPUNK\"")
                    .containsEntry("day", "\"MONDAY\"");
        }

        @ActionEvent(reason = "test")
        record Optionals(
                Optional<Optional<String>> text, OptionalInt number, OptionalLong none, Optional<List<Integer>> list) {}

        @Test
        void in_optionals_are_what_these_hold() {
            assertThat(Described.assoc(new Optionals(
                            Optional.of(Optional.of("x")), OptionalInt.of(1), OptionalLong.empty(), Optional.empty())))
                    .isEqualTo(Map.of("text", "\"x\"", "number", "1"));
        }

        @ActionEvent(reason = "test")
        record Floating(Double number) {}

        @Test
        void that_are_no_numbers_are_refused() {
            assertThatThrownBy(() -> value(new Floating(Double.NaN)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(Floating.class.getName() + ".number: NaN is not a JSON number; use null or a text");
        }
    }
}
