package dev.coherence.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueJsonTest {

    @Nested
    class CanonicalText {
        @Test
        void has_no_white_space_and_its_keys_in_order_of_code_units() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("b", List.of(1, true, "x"));
            map.put("a", null);
            map.put("B", Map.of());
            map.put("\uff5e", List.of()); // behind the surrogates of 😀, although its code point is lower
            map.put("😀", 1);

            assertThat(Value.of(map).toJson())
                    .isEqualTo("{\"B\":{},\"a\":null,\"b\":[1,true,\"x\"],\"😀\":1,\"\uff5e\":[]}");
        }

        @Test
        void escapes_what_xml_sql_or_a_line_would_not_survive() {
            assertThat(Value.of("\"\\/\b\f\n\r\t").toJson()).isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\"");
            assertThat(Value.of("\0\u001f\u007f\u0080\u009f\u00a0").toJson())
                    .isEqualTo("\"\\u0000\\u001f\\u007f\\u0080\\u009f\u00a0\"");
            assertThat(Value.of("\u2027\u2028\u2029\ufffd\ufffe\uffff").toJson())
                    .isEqualTo("\"\u2027\\u2028\\u2029\ufffd\\ufffe\\uffff\"");
            assertThat(Value.of("ä漢😀").toJson()).isEqualTo("\"ä漢😀\"");
        }

        @Test
        void is_what_a_value_prints_as() {
            assertThat(Value.of(List.of(Map.of("a", 1), "x", 0.5))).hasToString("[{\"a\":1},\"x\",0.5]");
            assertThat(Value.NULL).hasToString("null");
            assertThat(Value.of(false)).hasToString("false");
        }

        @Test
        void is_equal_exactly_for_equal_values_and_read_back_as_one() {
            for (long seed = 0; seed < 3_000; seed++) {
                Random random = new Random(seed);
                Value one = Value.of(RandomValues.java(random, 3));
                Value other = Value.of(RandomValues.java(random, 1));

                assertThat(Value.parse(one.toJson())).as("seed %d", seed).isEqualTo(one);
                assertThat(one.equals(other))
                        .as("seed %d", seed)
                        .isEqualTo(one.toJson().equals(other.toJson()));
            }
        }

        @Test
        void holds_only_characters_that_xml_can_hold() {
            for (long seed = 0; seed < 2_000; seed++) {
                String json =
                        Value.of(RandomTexts.wellFormed(new Random(seed), 40)).toJson();

                assertThat(json.codePoints())
                        .as("seed %d", seed)
                        .allMatch(c -> c >= 0x20 && c != 0xfffe && c != 0xffff);
            }
        }
    }

    @Nested
    class Parse {
        @Test
        void reads_json_however_it_is_written() {
            assertThat(Value.parse(" \t\r\n{ \"b\" : [ 1.0 , -2e+1 ] , \"\\u0061\" : \"\\ud83d\\ude00\\/\" }\n"))
                    .isEqualTo(Value.of(Map.of("a", "😀/", "b", List.of(1, -20))));
            assertThat(Value.parse("[]")).isEqualTo(Value.of(List.of()));
            assertThat(Value.parse("{}")).isEqualTo(MapValue.empty());
            assertThat(Value.parse("{\"\":null}")).isEqualTo(Value.of(Collections.singletonMap("", null)));
            assertThat(Value.parse("1E0000000000000000005")).isEqualTo(Value.of(100_000));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "nul",
                    "nulll",
                    "True",
                    "tru",
                    "NaN",
                    "Infinity",
                    "undefined",
                    "'a'",
                    "a",
                    "01",
                    "-",
                    "-01",
                    "+1",
                    ".5",
                    "1.",
                    "1.e5",
                    "1e",
                    "1e+",
                    "0x10",
                    "1_000",
                    "١",
                    "1 2",
                    "[",
                    "]",
                    "[1",
                    "[1,",
                    "[1,]",
                    "[,1]",
                    "[1 2]",
                    "[1}",
                    "[]]",
                    "{",
                    "{\"a\"",
                    "{\"a\":",
                    "{\"a\":1",
                    "{\"a\":1,}",
                    "{\"a\" 1}",
                    "{a:1}",
                    "{1:1}",
                    "{\"a\":1]",
                    "{,}",
                    "{}{}",
                    "\"",
                    "\"a",
                    "\"\\\"",
                    "\"\\",
                    "\"\\x\"",
                    "\"\\u12\"",
                    "\"\\u12g4\"",
                    "\"\\u+123\"",
                    "\"\\u１２３４\"",
                    "\"\n\"",
                    "\"\t\"",
                    "\"\u0000\"",
                    "\"\u001f\"",
                    "//c\n1",
                    "/*c*/1",
                    "\ufeff1",
                    "\u00a01",
                    "1\f",
                    "1\0",
                    "\uffff"
                })
        void refuses_what_is_not_json(String text) {
            assertRefused(text, "offset");
        }

        @Test
        void names_the_place_and_what_it_expected() {
            assertThatThrownBy(() -> Value.parse("{\"a\":[1,}"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("json: expected a value, found \"}\" (at offset 8)");
            assertThatThrownBy(() -> Value.parse("[1"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("json: expected ',' or ']', found the end (at offset 2)");
        }

        @Test
        void refuses_a_key_that_stands_twice_however_it_is_escaped() {
            assertRefused("{\"a\":1,\"b\":2,\"a\":1}", "\"a\" stands twice in one object (at offset 13)");
            assertRefused("{\"a\":1,\"\\u0061\":2}", "stands twice");
            assertThat(Value.parse("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}").depth())
                    .isEqualTo(3);
        }

        @Test
        void refuses_half_a_surrogate_pair_however_it_is_written() {
            assertRefused("[\"\\ud800\"]", "surrogate");
            assertRefused("\"\\ude00\\ud83d\"", "surrogate");
            assertRefused("\"x\ud83d\"", "surrogate");
            assertRefused("{\"\\udfff\":1}", "surrogate");
            assertThat(Value.parse("\"\\ud83d\ude00\"")).isEqualTo(Value.of("😀"));
        }

        @Test
        void keeps_to_the_limit_of_depth() {
            assertThat(Value.parse("[".repeat(64) + "]".repeat(64)).depth()).isEqualTo(64);
            assertThat(Value.parse("[" + "{},[],".repeat(99) + "{\"k\":[]}]").depth())
                    .isEqualTo(3);
            assertThat(Value.parse("[[],".repeat(63) + "{}" + "]".repeat(63)).depth())
                    .isEqualTo(64);
            assertRefused("[".repeat(65) + "]".repeat(65), "deeper than 64");
            assertRefused("[".repeat(1_000_000), "deeper than 64");
            assertRefused("{\"a\":".repeat(1_000_000), "deeper than 64");
        }

        @Test
        void keeps_to_the_limits_of_elements_texts_and_keys() {
            assertThat(Value.parse("[" + "0,".repeat(99_998) + "0]").elements()).isEqualTo(100_000);
            assertRefused("[" + "0,".repeat(99_999) + "0]", "100000 values");
            assertRefused("\"" + "x".repeat(1_000_001) + "\"", "at most 1000000");
            assertThat(Value.parse("{\"" + "k".repeat(255) + "\":1}").depth()).isEqualTo(1);
            assertRefused("{\"" + "k".repeat(256) + "\":1}", "at most 255");
        }

        @Test
        void keeps_to_the_limits_of_numbers() {
            assertThat(Value.parse("9".repeat(1_000))).isInstanceOf(NumberValue.class);
            assertRefused("9".repeat(1_001), "significant digits");
            assertRefused("[" + "9".repeat(1_101) + "]", "characters");
            assertRefused("1e10001", "exponent");
            assertRefused("[1e2147483648]", "exponent");
            assertRefused("1e-99999999999999999999", "exponent");
            assertRefused("0e99999999999999999999", "exponent");
        }

        private static void assertRefused(String text, String problem) {
            assertThatThrownBy(() -> Value.parse(text)).isInstanceOfSatisfying(InvalidInputException.class, e -> {
                assertThat(e.place()).isEqualTo("json");
                assertThat(e.problem()).contains(problem);
            });
        }
    }

    @Nested
    class ComparedWithJackson {
        /** Jackson takes such a character for the hexadecimal digit in its lowest eight bits. */
        private static final Pattern ESCAPE_THAT_JACKSON_MISREADS = Pattern.compile("\\\\u\\p{XDigit}{0,3}\\P{ASCII}");

        private final ObjectMapper jackson = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

        @Test
        void the_canonical_text_means_the_same() throws IOException {
            for (long seed = 0; seed < 2_000; seed++) {
                Value value = Value.of(RandomValues.java(new Random(seed), 4));

                assertThat(Value.of(java(jackson.readTree(value.toJson()))))
                        .as("seed %d", seed)
                        .isEqualTo(value);
            }
        }

        @Test
        void texts_that_jackson_writes_are_read_alike() throws IOException {
            for (long seed = 0; seed < 2_000; seed++) {
                Object object = RandomValues.java(new Random(seed), 4);

                assertThat(Value.parse(jackson.writerWithDefaultPrettyPrinter().writeValueAsString(object)))
                        .as("seed %d", seed)
                        .isEqualTo(Value.of(object));
            }
        }

        @Test
        void damaged_texts_are_read_or_refused_alike() {
            int read = 0;
            for (long seed = 0; seed < 60_000; seed++) {
                Random random = new Random(seed);
                String json = Value.of(RandomValues.java(random, 2)).toJson();
                String damaged = RandomTexts.mutated(random, json, "{}[]:,\"\\/ 0123456789-+.eEtrufalsnbx\n\t\0");

                if (ESCAPE_THAT_JACKSON_MISREADS.matcher(damaged).find()) {
                    continue;
                }
                Optional<Value> ours = ours(damaged);
                assertThat(ours).as("seed %d: %s", seed, damaged).isEqualTo(jacksons(damaged));
                read += ours.isPresent() ? 1 : 0;
            }
            assertThat(read).as("texts that were read").isBetween(6_000, 54_000);
        }

        private static Optional<Value> ours(String json) {
            try {
                return Optional.of(Value.parse(json));
            } catch (InvalidInputException e) {
                return Optional.empty();
            }
        }

        /** What Jackson reads, less what no JSON reader refuses but we do: surrogates without partner, and our limits. */
        private Optional<Value> jacksons(String json) {
            try {
                JsonNode node = jackson.readTree(json);
                return node.isMissingNode() ? Optional.empty() : Optional.of(Value.of(java(node)));
            } catch (IOException | InvalidInputException | NumberFormatException e) {
                return Optional.empty();
            }
        }

        private static Object java(JsonNode node) {
            if (node.isObject()) {
                Map<String, Object> map = new LinkedHashMap<>();
                node.properties().forEach(field -> map.put(field.getKey(), java(field.getValue())));
                return map;
            }
            if (node.isArray()) {
                List<Object> list = new ArrayList<>();
                node.forEach(item -> list.add(java(item)));
                return list;
            }
            if (node.isNumber()) {
                return node.isIntegralNumber() ? node.bigIntegerValue() : node.decimalValue();
            }
            return node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
        }
    }
}
