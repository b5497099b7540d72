package dev.coherence.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ValueOfTest {

    @Nested
    class Accepts {
        @Test
        void null_booleans_and_texts() {
            assertThat(Value.of(null)).isEqualTo(Value.NULL).isEqualTo(new NullValue());
            assertThat(Value.of(true)).isEqualTo(new BooleanValue(true));
            assertThat(Value.of("x")).isEqualTo(new TextValue("x"));
            assertThat(Value.of(CharBuffer.wrap("x"))).isEqualTo(new TextValue("x"));
        }

        @Test
        void every_number_type_as_one_number_equal_by_value() {
            Value one = new NumberValue(BigDecimal.ONE);

            assertThat(List.of(
                            Value.of((byte) 1),
                            Value.of((short) 1),
                            Value.of(1),
                            Value.of(1L),
                            Value.of(1.0f),
                            Value.of(1.0),
                            Value.of(BigInteger.ONE),
                            Value.of(new BigDecimal("1.000"))))
                    .allSatisfy(value -> assertThat(value).isEqualTo(one).hasSameHashCodeAs(one));
        }

        @Test
        void floating_numbers_as_the_decimals_that_they_print_as() {
            assertThat(Value.of(0.1f)).isEqualTo(Value.of(0.1)).isEqualTo(Value.of(new BigDecimal("0.1")));
            assertThat(Value.of(Double.MIN_VALUE)).isEqualTo(Value.of(new BigDecimal("4.9E-324")));
            assertThat(Value.of(Float.MAX_VALUE)).isEqualTo(Value.of(new BigDecimal("3.4028235E+38")));
        }

        @Test
        void lists_arrays_and_maps_of_anything_accepted() {
            Value list = new ListValue(List.of(Value.of(1), Value.NULL));

            assertThat(Value.of(Arrays.asList(1, null))).isEqualTo(list);
            assertThat(Value.of(new Object[] {1L, null})).isEqualTo(list);
            assertThat(Value.of(new int[] {1, 2})).isEqualTo(Value.of(List.of(1, 2)));
            assertThat(Value.of(new double[] {0.5})).isEqualTo(Value.of(List.of(0.5)));
            assertThat(Value.of(new String[][] {{"a"}, {}})).isEqualTo(Value.of(List.of(List.of("a"), List.of())));
            assertThat(Value.of(Map.of("k", List.of(list), "", 1)))
                    .isEqualTo(new MapValue(Map.of("k", new ListValue(List.of(list)), "", Value.of(1))));
        }

        @Test
        void values_as_they_are() {
            Value value = Value.of(Map.of("a", List.of(1)));

            assertThat(Value.of(value)).isSameAs(value);
            assertThat(Value.of(List.of(value))).isEqualTo(new ListValue(List.of(value)));
        }

        @Test
        void maps_whatever_their_own_order_is() {
            TreeMap<String, Object> backwards = new TreeMap<>(Collections.reverseOrder());
            backwards.putAll(Map.of("a", 1, "b", 2));
            TreeMap<String, Value> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            anyCase.put("A", Value.NULL);

            assertThat(Value.of(backwards)).isEqualTo(Value.of(Map.of("b", 2, "a", 1)));
            assertThat(new MapValue(anyCase).entries()).doesNotContainKey("a").containsKey("A");
        }
    }

    @Nested
    class Refuses {
        @Test
        void other_types_naming_type_and_place() {
            assertRefused(Instant.EPOCH, "value", "java.time.Instant");
            assertRefused(Map.of("tags", List.of("a", Optional.empty())), "value[\"tags\"][1]", "java.util.Optional");
            assertRefused(List.of(Set.of(1)), "value[0]", "java.util.ImmutableCollections$Set");
            assertRefused(new AtomicLong(1), "value", "java.util.concurrent.atomic.AtomicLong");
            assertRefused('c', "value", "java.lang.Character");
            assertRefused(new byte[] {1}, "value", "byte[]");
            assertRefused(new char[] {'1'}, "value", "char[]");
            assertRefused(Thread.State.NEW, "value", "java.lang.Thread$State");
        }

        @Test
        void with_the_place_that_the_caller_names() {
            assertThatThrownBy(() -> Value.of(Map.of("a", 'c'), "patch.assoc[\"x\"]"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("patch.assoc[\"x\"][\"a\"]: an object of java.lang.Character");
        }

        @Test
        void keys_that_are_no_strings() {
            assertRefused(List.of(Map.of(1, "x")), "value[0]", "java.lang.Integer");
            assertRefused(Collections.singletonMap(null, 1), "value", "null");
        }

        @Test
        void numbers_that_are_not_finite() {
            assertRefused(Double.NaN, "value", "NaN");
            assertRefused(List.of(Float.NEGATIVE_INFINITY), "value[0]", "-Infinity");
        }

        @Test
        void texts_and_keys_with_half_a_surrogate_pair() {
            assertRefused("ab\ud800", "value", "at offset 2");
            assertRefused("\udc00\ud800", "value", "at offset 0");
            assertRefused(Map.of("a", List.of("\ud83d\ud83d\ude00")), "value[\"a\"][0]", "at offset 0");
            assertRefused(Map.of("k\udfff", 1), "value[key \"k\\udfff\"]", "at offset 1");
        }

        @Test
        void values_made_by_hand_that_lack_something() {
            assertThatThrownBy(() -> new ListValue(Arrays.asList(Value.NULL, null)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("value[1]: ");
            assertThatThrownBy(() -> new MapValue(Collections.singletonMap("k", null)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("value[\"k\"]: ");
            assertThatThrownBy(() -> new MapValue(Collections.singletonMap(null, Value.NULL)))
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> new TextValue(null)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> new NumberValue(null)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Nested
    class Limit {
        @Test
        void of_depth_is_inclusive() {
            assertThat(Value.of(nested(Limits.MAX_DEPTH)).depth()).isEqualTo(64);
            assertRefused(nested(Limits.MAX_DEPTH + 1), "value", "64");
        }

        @Test
        void of_depth_counts_values_within_plain_objects() {
            Value inner = Value.of(nested(60));

            assertThat(Value.of(List.of(List.of(List.of(List.of(inner))))).depth())
                    .isEqualTo(64);
            assertRefused(List.of(List.of(List.of(List.of(List.of(inner))))), "value", "64");
        }

        @Test
        void is_named_at_the_place_that_the_caller_names() {
            Object tooDeep = List.of(Value.of(nested(64)));
            Object tooLarge = Collections.nCopies(100_000, 0);

            assertThatThrownBy(() -> Value.of(tooDeep, "here")).hasMessageStartingWith("here: lists and maps");
            assertThatThrownBy(() -> Value.of(tooLarge, "here")).hasMessageStartingWith("here: holds more");
        }

        @Test
        void of_depth_holds_for_values_made_by_hand() {
            Value deepest = Value.of(nested(Limits.MAX_DEPTH));

            assertThatThrownBy(() -> new ListValue(List.of(deepest))).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> new MapValue(Map.of("a", deepest))).isInstanceOf(InvalidInputException.class);
        }

        @Test
        void of_depth_stops_what_contains_itself() {
            Map<String, Object> map = new HashMap<>();
            map.put("self", map);
            List<Object> list = new ArrayList<>();
            list.add(list);
            list.add(list);
            Object[] array = new Object[1];
            array[0] = array;

            assertRefused(map, "value", "contain itself");
            assertRefused(list, "value", "contain itself");
            assertRefused(array, "value", "contain itself");
        }

        @Test
        void of_elements_is_inclusive() {
            assertThat(Value.of(Collections.nCopies(Limits.MAX_ELEMENTS - 1, 0)).elements())
                    .isEqualTo(100_000);
            assertRefused(Collections.nCopies(Limits.MAX_ELEMENTS, 0), "value", "100000");
        }

        @Test
        void of_elements_stops_a_small_object_that_unfolds_without_end() {
            Object object = List.of();
            for (int i = 0; i < 60; i++) {
                object = List.of(object, object);
            }
            assertRefused(object, "value", "100000");
        }

        @Test
        void of_elements_counts_values_within_plain_objects() {
            Value half = Value.of(Collections.nCopies(Limits.MAX_ELEMENTS / 2, 0));

            assertRefused(List.of(half, half), "value", "100000");
            assertThatThrownBy(() -> Value.of(Value.of(List.of(new ListValue(List.of(half, half))))))
                    .isInstanceOf(InvalidInputException.class);
        }

        @Test
        void of_elements_is_counted_without_overflow() {
            Value value = new ListValue(List.of());
            for (int i = 0; i < 40; i++) {
                value = new ListValue(List.of(value, value, value));
            }
            assertThat(value.elements()).isEqualTo(Integer.MAX_VALUE);
        }

        @Test
        void of_texts_and_keys_is_inclusive() {
            assertThat(Value.of("x".repeat(Limits.MAX_TEXT_LENGTH))).isInstanceOf(TextValue.class);
            assertRefused("x".repeat(Limits.MAX_TEXT_LENGTH + 1), "value", "1000000");

            assertThat(Value.of(Map.of("k".repeat(Limits.MAX_KEY_LENGTH), 1))).isInstanceOf(MapValue.class);
            assertRefused(
                    Map.of("k".repeat(Limits.MAX_KEY_LENGTH + 1), 1),
                    "value[key \"" + "k".repeat(59) + "…\"]",
                    "at most 255");
        }

        private static Object nested(int depth) {
            Object object = depth % 2 == 0 ? List.of() : Map.of();
            for (int i = 1; i < depth; i++) {
                object = i % 2 == 0 ? List.of(object) : Map.of("k", object);
            }
            return object;
        }
    }

    @Nested
    class Copies {
        @Test
        void lists_arrays_and_maps_to_all_depths() {
            List<Object> inner = new ArrayList<>(List.of(1));
            int[] array = {1};
            Map<String, Object> map = new LinkedHashMap<>(Map.of("inner", inner, "array", array));
            StringBuilder text = new StringBuilder("x");
            map.put("text", text);
            Value value = Value.of(map);
            String before = value.toJson();

            inner.add(2);
            array[0] = 2;
            text.append("y");
            map.clear();

            assertThat(value.toJson()).isEqualTo(before).isEqualTo("{\"array\":[1],\"inner\":[1],\"text\":\"x\"}");
        }

        @Test
        void what_values_are_made_of_by_hand() {
            List<Value> items = new ArrayList<>(List.of(Value.NULL));
            Map<String, Value> entries = new HashMap<>(Map.of("a", Value.NULL));
            ListValue list = new ListValue(items);
            MapValue map = new MapValue(entries);

            items.clear();
            entries.clear();

            assertThat(list.items()).hasSize(1);
            assertThat(map.entries()).hasSize(1);
        }

        @Test
        void nothing_that_can_be_changed_comes_out() {
            ListValue list = new ListValue(List.of(Value.NULL));
            MapValue map = new MapValue(Map.of("a", Value.NULL));

            assertThatThrownBy(() -> list.items().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> list.toJava().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> map.entries().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> map.entries().entrySet().iterator().next().setValue(null))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> map.toJava().clear()).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Nested
    class ToJava {
        @Test
        void gives_the_narrowest_number_type() {
            assertThat(Value.of(1.0).toJava()).isEqualTo(1L);
            assertThat(Value.of(new BigDecimal("1E2")).toJava()).isEqualTo(100L);
            assertThat(Value.of(Long.MIN_VALUE).toJava()).isEqualTo(Long.MIN_VALUE);
            assertThat(Value.of(1e19).toJava()).isEqualTo(BigInteger.TEN.pow(19));
            assertThat(Value.of(0.5).toJava()).isEqualTo(new BigDecimal("0.5"));
        }

        @Test
        void gives_null_where_json_null_was() {
            assertThat(Value.NULL.toJava()).isNull();
            assertThat(Value.of(Collections.singletonMap("a", null)).toJava())
                    .isEqualTo(Collections.singletonMap("a", null));
        }

        @Test
        void is_the_inverse_of_of() {
            for (long seed = 0; seed < 2_000; seed++) {
                Value value = Value.of(RandomValues.java(new Random(seed), 4));

                assertThat(Value.of(value.toJava())).as("seed %d", seed).isEqualTo(value);
            }
        }
    }

    private static void assertRefused(Object java, String place, String problem) {
        assertThatThrownBy(() -> Value.of(java)).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.place()).isEqualTo(place);
            assertThat(e.problem()).contains(problem);
        });
    }
}
