package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.Key;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.NotPatched;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
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
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesOfEventTest {

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
    record Primitives(
            byte b, short s, int i, long l, float f, double d, boolean truth, char c, int[] ints, boolean[] truths) {}

    @ActionEvent(reason = "test")
    record Anything(Object any) {}

    static Stream<Arguments> scalars() throws Exception {
        return Stream.of(
                arguments("text", "\"text\""),
                arguments(new StringBuilder("built"), "\"built\""),
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
                arguments(ZoneId.of("Z"), "\"Z\""),
                arguments(new UUID(0, 1), "\"00000000-0000-0000-0000-000000000001\""),
                arguments(URI.create("urn:isbn:1"), "\"urn:isbn:1\""),
                arguments(new URL("http://example.org/"), "\"http://example.org/\""),
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
        @MethodSource("dev.coherence.axon.payload.ValuesOfEventTest#scalars")
        void are_numbers_truths_and_texts(Object scalar, String json) {
            assertThat(value(new Anything(scalar)).toJson()).isEqualTo(json);
            assertThat(Scalars.form(scalar.getClass())).isPresent();
        }

        @Test
        void may_be_primitive() {
            Primitives event = new Primitives(
                    (byte) 1, (short) 2, 3, 4, 5.5f, 6.5, true, 'c', new int[] {7, 8}, new boolean[] {true});
            assertThat(Described.assoc(event).values())
                    .containsExactlyInAnyOrder(
                            "1", "2", "3", "4", "5.5", "6.5", "true", "\"c\"", "[7,8]", "[true]");
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

    record Line(String product, int count, @NotPatched String note, @Key("price.net") BigDecimal net, Genre genre) {}

    record Nothing() {}

    record Pair<A, B>(A first, B second) {}

    static final class Tags extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    @ActionEvent(reason = "test")
    record Compound<T>(
            List<Line> lines,
            Set<Line> set,
            Map<String, List<Line>> map,
            Line[] array,
            Pair<String, Pair<Line, T>> pair,
            List<Pair<Integer, Nothing>> pairs,
            Tags tags,
            Collection<? extends Line> wild,
            List<Optional<String>> optionals) {

        static Compound<Integer> lines(List<Line> lines) {
            return new Compound<>(lines, null, null, null, null, null, null, null, null);
        }
    }

    private static final Line LINE = new Line("a", 1, "note", BigDecimal.ONE, Genre.SPACE);
    private static final String LINE_JSON =
            "{\"count\":1,\"genre\":\"SPACE\",\"price\":{\"net\":1},\"product\":\"a\"}";

    @Nested
    class Compound_values {
        @Test
        void may_nest() {
            Tags tags = new Tags();
            tags.add("x");
            assertThat(Described.assoc(new Compound<>(
                            List.of(LINE),
                            Set.of(LINE),
                            Map.of("k", List.of(LINE)),
                            new Line[] {LINE},
                            new Pair<>("p", new Pair<>(LINE, 2)),
                            List.of(new Pair<>(3, new Nothing())),
                            tags,
                            new ArrayDeque<>(List.of(LINE)),
                            List.of(Optional.of("o"), Optional.empty()))))
                    .containsEntry("lines", "[" + LINE_JSON + "]")
                    .containsEntry("set", "[" + LINE_JSON + "]")
                    .containsEntry("map", "{\"k\":[" + LINE_JSON + "]}")
                    .containsEntry("array", "[" + LINE_JSON + "]")
                    .containsEntry("pair.first", "\"p\"")
                    .containsEntry("pair.second.first.price.net", "1")
                    .containsEntry("pair.second.second", "2")
                    .containsEntry("pairs", "[{\"first\":3,\"second\":{}}]")
                    .containsEntry("tags", "[\"x\"]")
                    .containsEntry("wild", "[" + LINE_JSON + "]")
                    .containsEntry("optionals", "[\"o\",null]")
                    .hasSize(14);
        }

        @Test
        void leave_null_components_out_and_keep_null_elements() {
            Line partial = new Line("a", 0, null, null, null);
            assertThat(value(Compound.lines(Arrays.asList(partial, null))).toJson())
                    .isEqualTo("[{\"count\":0,\"product\":\"a\"},null]");
        }

        @ActionEvent(reason = "test")
        record Whole(List<Pair<Pair<String, String>, String>> pairs) {}

        @Test
        void tell_a_record_without_content_from_none() {
            Pair<Pair<String, String>, String> hollow = new Pair<>(new Pair<>(null, null), null);
            assertThat(value(new Whole(List.of(hollow))).toJson()).isEqualTo("[{\"first\":{}}]");
            assertThat(value(new Whole(List.of(new Pair<>(null, null)))).toJson()).isEqualTo("[{}]");
        }

        @ActionEvent(reason = "test")
        record OfNothing(Nothing nothing) {}

        @Test
        void of_a_record_without_components_are_empty_maps() {
            assertThat(value(new OfNothing(new Nothing()))).isEqualTo(Value.of(Map.of()));
        }

        @ActionEvent(reason = "test")
        record OfSets(Set<Object> set) {}

        @Test
        void of_equal_sets_are_equal() {
            List<Object> elements = List.of("b", 10, 9, List.of(1), "a", LocalDate.EPOCH);
            List<Object> reversed = new ArrayList<>(elements);
            Collections.reverse(reversed);
            assertThat(value(new OfSets(new LinkedHashSet<>(reversed))))
                    .isEqualTo(value(new OfSets(new LinkedHashSet<>(elements))));
            assertThat(value(new OfSets(new LinkedHashSet<>(elements))).toJson())
                    .isEqualTo("[\"1970-01-01\",\"a\",\"b\",10,9,[1]]");
        }
    }

    @ActionEvent(reason = "test")
    record Maps(
            Map<Genre, String> byEnum, Map<UUID, String> byUuid, Map<Long, String> byLong, Map<Object, String> byAny) {}

    private static Maps byAny(Map<Object, String> map) {
        return new Maps(null, null, null, map);
    }

    @Nested
    class Keys_of_maps {
        @Test
        void are_printed() {
            Map<Genre, String> byEnum = new EnumMap<>(Genre.class);
            byEnum.put(Genre.CYBERPUNK, null);
            assertThat(Described.assoc(new Maps(byEnum, Map.of(new UUID(0, 1), "x"), Map.of(7L, "y"), Map.of("z", "z"))))
                    .containsEntry("byEnum", "{\"CYBERPUNK\":null}")
                    .containsEntry("byUuid", "{\"00000000-0000-0000-0000-000000000001\":\"x\"}")
                    .containsEntry("byLong", "{\"7\":\"y\"}")
                    .containsEntry("byAny", "{\"z\":\"z\"}");
        }

        @Test
        void name_their_enum_where_their_type_does_not() {
            assertThat(value(byAny(Map.of(Genre.CYBERPUNK, "x"))).toJson())
                    .isEqualTo("{\"" + Genre.class.getName() + ".CYBERPUNK\":\"x\"}");
        }

        @Test
        void must_differ_when_printed() {
            assertThatThrownBy(() -> value(byAny(Map.of("1", "x", 1, "y"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Maps.class.getName() + ".byAny: is a map with two keys that print alike");
        }

        @Test
        void must_be_there_and_be_printable() {
            Map<Object, String> nullKey = new HashMap<>();
            nullKey.put(null, "x");
            assertThatThrownBy(() -> value(byAny(nullKey)))
                    .hasMessageStartingWith(Maps.class.getName() + ".byAny: is a map with a null key");
            assertThatThrownBy(() -> value(byAny(Map.of(1.5, "x"))))
                    .hasMessageStartingWith(Maps.class.getName() + ".byAny: is a map with keys of java.lang.Double");
        }

        @Test
        void must_not_be_too_long() {
            assertThatThrownBy(() -> value(byAny(Map.of("x".repeat(256), "x"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Maps.class.getName() + ".byAny: ")
                    .hasMessageContaining("255");
        }
    }

    sealed interface Payment permits Card, Voucher, Cash {}

    record Card(String number) implements Payment {}

    record Voucher(String number) implements Payment {}

    enum Cash implements Payment {
        EURO
    }

    record Linked(@LinkedTo("key") String keyId) {}

    @ActionEvent(reason = "test")
    record Paid(Payment payment, List<Payment> others) {}

    @ActionEvent(reason = "test")
    record Open(Comparable<?> comparable, Number number, CharSequence text, Iterable<?> items, Runnable task) {}

    @Nested
    class Values_of_an_open_type {
        @Test
        void are_told_apart_by_the_class_that_is_found() {
            assertThat(value(new Paid(new Card("1"), null)).toJson())
                    .isEqualTo("{\"ValuesOfEventTest$Card\":{\"number\":\"1\"}}");
            assertThat(value(new Paid(new Voucher("1"), null)).toJson())
                    .isEqualTo("{\"ValuesOfEventTest$Voucher\":{\"number\":\"1\"}}");
            assertThat(value(new Paid(null, List.of(Cash.EURO))).toJson())
                    .isEqualTo("[{\"ValuesOfEventTest$Cash\":\"EURO\"}]");
        }

        @Test
        void have_the_full_name_of_a_class_of_another_package() {
            assertThat(value(new Anything(new Card("1"))).toJson())
                    .isEqualTo("{\"" + Card.class.getName() + "\":{\"number\":\"1\"}}");
            assertThat(value(new Anything(Genre.CYBERPUNK)).toJson())
                    .isEqualTo("{\"" + Genre.class.getName() + "\":\"CYBERPUNK\"}");
        }

        @Test
        void may_be_whatever_a_value_can_be() {
            assertThat(Described.assoc(new Open("x", new BigDecimal("1.0"), new StringBuilder("t"), List.of(1), null)))
                    .isEqualTo(Map.of("comparable", "\"x\"", "number", "1", "text", "\"t\"", "items", "[1]"));
            assertThat(value(new Anything(new Object[] {1, Map.of("a", Set.of("b"))})).toJson())
                    .isEqualTo("[1,{\"a\":[\"b\"]}]");
        }

        @Test
        void are_refused_naming_class_and_member_if_they_are_none() {
            assertThatThrownBy(() -> value(new Anything(Map.of("a", List.of(1, new AtomicInteger())))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Anything.class.getName()
                            + ".any[\"a\"][1]: is of java.util.concurrent.atomic.AtomicInteger,"
                            + " which cannot be a value in a patch");
            assertThatThrownBy(() -> value(new Open(null, null, null, null, () -> {})))
                    .hasMessageStartingWith(Open.class.getName() + ".task: is of ");
            assertThatThrownBy(() -> value(new Anything(new byte[1])))
                    .hasMessageStartingWith(Anything.class.getName() + ".any: is of byte[]");
        }

        @Test
        void are_refused_if_they_hide_a_trigger() {
            assertThatThrownBy(() -> value(new Anything(new Linked("1"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Anything.class.getName() + ".any: holds a record that cannot be a value: "
                            + Linked.class.getName() + ".keyId: is a trigger in a record that is found at run time");
        }
    }

    record Tree(String label, Tree left, Tree right) {}

    record Node(String label, List<Node> below) {}

    record Ping(Optional<Pong> pong, String text) {}

    record Pong(Ping ping) {}

    static final class Deep extends ArrayList<Deep> {
        private static final long serialVersionUID = 1L;
    }

    @ActionEvent(reason = "test")
    record Recursive(Tree tree, Node node, Ping ping, Deep deep) {}

    @Nested
    class Values_that_contain_their_own_type {
        @Test
        void are_one_value_if_they_are_records() {
            assertThat(Described.assoc(new Recursive(
                            new Tree("a", null, new Tree("b", null, null)),
                            null,
                            new Ping(Optional.of(new Pong(new Ping(Optional.empty(), "x"))), null),
                            null)))
                    .isEqualTo(Map.of(
                            "tree", "{\"label\":\"a\",\"right\":{\"label\":\"b\"}}",
                            "ping", "{\"pong\":{\"ping\":{\"text\":\"x\"}}}"));
        }

        @Test
        void may_have_keys_of_their_own_if_they_contain_themselves_in_lists_only() {
            assertThat(Described.assoc(
                            new Recursive(null, new Node("a", List.of(new Node("b", List.of()))), null, new Deep())))
                    .isEqualTo(Map.of(
                            "node.label", "\"a\"", "node.below", "[{\"below\":[],\"label\":\"b\"}]", "deep", "[]"));
        }

        @Test
        void are_refused_if_they_contain_themselves() {
            List<Object> endless = new ArrayList<>();
            endless.add(endless);
            assertThatThrownBy(() -> value(new Anything(endless)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Anything.class.getName() + ".any[0][0]")
                    .hasMessageContaining("nests deeper than 64 levels");
        }

        @Test
        void are_refused_if_they_unfold_without_end() {
            List<Object> wide = List.of("x");
            for (int i = 0; i < 40; i++) {
                wide = List.of(wide, wide, wide);
            }
            List<Object> all = wide;
            assertThatThrownBy(() -> value(new Anything(all)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("holds more than 100000 values");
        }

        @ActionEvent(reason = "test")
        record Two(List<Integer> one, List<Integer> two) {}

        @Test
        void are_counted_one_by_one() {
            List<Integer> many = Collections.nCopies(99_999, 1);
            List<Integer> tooMany = Collections.nCopies(100_000, 1);
            assertThat(Described.patch(new Two(many, many)).paths()).hasSize(2);
            assertThatThrownBy(() -> Described.patch(new Two(many, tooMany)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(Two.class.getName()
                            + ".two: holds more than 100000 values; split it over several events");
        }

        @Test
        void are_refused_if_they_and_their_path_nest_too_deep() {
            Tree tree = null;
            for (int i = 0; i < 64; i++) {
                tree = new Tree("x", tree, null);
            }
            Tree deep = tree;
            assertThatThrownBy(() -> value(new Recursive(deep, null, null, null)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Recursive.class.getName() + ".patch.assoc[\"tree\"]: nests too deep");
            assertThat(value(new Recursive(deep.left(), null, null, null)).depth())
                    .isEqualTo(63);
        }
    }
}
