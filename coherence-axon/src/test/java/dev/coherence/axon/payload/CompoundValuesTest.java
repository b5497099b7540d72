package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.Key;
import dev.coherence.axon.annotation.NotPatched;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CompoundValuesTest {

    enum Genre {
        CYBERPUNK,
        SPACE
    }

    record Line(
            String product,
            int count,
            @NotPatched String note,
            @Key("price.net") BigDecimal net,
            Genre genre) {}

    record Nothing() {}

    record Pair<A, B>(A first, B second) {}

    static final class Tags extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    @ActionEvent(reason = "test")
    @SuppressWarnings("ArrayRecordComponent") // which users may have
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
    private static final String LINE_JSON = "{\"count\":1,\"genre\":\"SPACE\",\"price\":{\"net\":1},\"product\":\"a\"}";

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
            assertThat(value(new Whole(List.of(new Pair<>(null, null)))).toJson())
                    .isEqualTo("[{}]");
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
            assertThat(Described.assoc(
                            new Maps(byEnum, Map.of(new UUID(0, 1), "x"), Map.of(7L, "y"), Map.of("z", "z"))))
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
}
