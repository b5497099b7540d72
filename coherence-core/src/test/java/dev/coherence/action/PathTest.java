package dev.coherence.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.RandomTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {

    @Nested
    class Text {
        @Test
        void is_the_keys_joined_with_dots() {
            assertThat(Path.of("author")).hasToString("author");
            assertThat(Path.of("address", "city")).hasToString("address.city");
            assertThat(Path.parse("address.city").keys()).containsExactly("address", "city");
            assertThat(Path.parse(" a b.漢😀:/[0]'").keys()).containsExactly(" a b", "漢😀:/[0]'");
        }

        @Test
        void quotes_keys_with_dots_quotes_backslashes_or_control_characters() {
            assertThat(Path.of("a.b", "c")).hasToString("\"a.b\".c");
            assertThat(Path.of("\"", "\\")).hasToString("\"\\\"\".\"\\\\\"");
            assertThat(Path.of("a\n\0\u2028")).hasToString("\"a\\n\\u0000\\u2028\"");
            assertThat(Path.parse("\"a.b\".c.\".\"").keys()).containsExactly("a.b", "c", ".");
        }

        @Test
        void is_read_back_as_the_same_path() {
            for (long seed = 0; seed < 5_000; seed++) {
                Random random = new Random(seed);
                Path path = new Path(Stream.generate(() -> RandomTexts.wellFormed(random, 6))
                        .limit(1 + random.nextInt(5))
                        .toList());

                assertThat(Path.parse(path.toString()))
                        .as("seed %d: %s", seed, path)
                        .isEqualTo(path);
            }
        }

        @Test
        void is_refused_or_written_back_identically() {
            int read = 0;
            for (long seed = 0; seed < 30_000; seed++) {
                Random random = new Random(seed);
                String text = RandomTexts.mutated(random, "a.\"b.\\n\\\"\".\"\\u0000\".c", ".\"\\nu0abc\n\ud800");
                try {
                    assertThat(Path.parse(text).toString()).as("seed %d", seed).isEqualTo(text);
                    read++;
                } catch (InvalidInputException e) {
                    assertThat(e.place()).as("seed %d: %s", seed, text).startsWith("path");
                }
            }
            assertThat(read).as("texts that were read").isBetween(3_000, 27_000);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ".",
                    ".a",
                    "a.",
                    "a..b",
                    "\"",
                    "\"a",
                    "\"\"",
                    "\"a\"",
                    "a\"b",
                    "a.\"b\"",
                    "\"a.b\"c",
                    "\"a.b\".",
                    "\"\\",
                    "a\nb",
                    "\"a.\nb\"",
                    "\"\\u0061.b\"",
                    "\"a\\/.b\"",
                    "\"a.b\\\"",
                    "\"\\ud800\"",
                    "a\ud800",
                    "\"\"."
                })
        void that_no_path_has_is_refused(String text) {
            assertThatThrownBy(() -> Path.parse(text)).isInstanceOfSatisfying(InvalidInputException.class, e -> {
                assertThat(e.place()).startsWith("path");
                assertThat(e.problem()).isNotEmpty();
            });
        }

        @Test
        void that_is_not_canonical_is_refused_with_the_way_to_write_it() {
            assertThatThrownBy(() -> Path.parse("\"address\".city"))
                    .hasMessage("path: has one way to be written: \"address.city\", not \"\\\"address\\\".city\"");
        }

        @Test
        void of_enormous_length_is_refused_at_once() {
            assertThatThrownBy(() -> Path.parse("a.".repeat(10_000_000))).hasMessageContaining("at most 64 keys");
            assertThatThrownBy(() -> Path.parse("\"" + "\\\\".repeat(5_000_000)))
                    .hasMessageStartingWith("path: ");
        }
    }

    @Nested
    class Keys {
        @Test
        void are_taken_one_by_one() {
            assertThat(Path.of("a.b")).isNotEqualTo(Path.parse("a.b"));
            assertThat(Path.of("a.b").keys()).containsExactly("a.b");
        }

        @Test
        void are_refused_by_index() {
            assertThatThrownBy(() -> Path.of("a", "")).hasMessage("path[1]: must not be empty");
            assertThatThrownBy(() -> Path.of("a", "b", null)).hasMessage("path[2]: is missing");
            assertThatThrownBy(() -> Path.of("\udc00")).hasMessageStartingWith("path[0]: has half a surrogate pair");
            assertThatThrownBy(() -> Path.of("k".repeat(256))).hasMessageStartingWith("path[0]: has 256 characters");
            assertThat(Path.of("k".repeat(255)).keys()).hasSize(1);
        }

        @Test
        void are_1_to_64() {
            assertThat(new Path(Collections.nCopies(64, "k")).keys()).hasSize(64);
            assertThatThrownBy(() -> new Path(Collections.nCopies(65, "k")))
                    .hasMessage("path: must have from 1 to 64 keys, but has 65");
            assertThatThrownBy(() -> new Path(List.of())).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> new Path(null)).hasMessage("path: is missing");
        }

        @Test
        void are_copied_and_cannot_be_changed() {
            List<String> keys = new ArrayList<>(List.of("a"));
            Path path = new Path(keys);

            keys.add("b");

            assertThat(path.keys()).containsExactly("a");
            assertThatThrownBy(() -> path.keys().clear()).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Nested
    class Overlap {
        @Test
        void is_equality_or_being_a_prefix_key_by_key() {
            Path address = Path.parse("address");
            Path city = Path.parse("address.city");

            assertThat(city.startsWith(address)).isTrue();
            assertThat(address.startsWith(city)).isFalse();
            assertThat(city.startsWith(city)).isTrue();
            assertThat(city.overlaps(address)).isTrue();
            assertThat(address.overlaps(city)).isTrue();
            assertThat(city.overlaps(city)).isTrue();
            assertThat(city.overlaps(Path.parse("address.zip"))).isFalse();
            assertThat(address.overlaps(Path.parse("addressee.city"))).isFalse();
            assertThat(Path.of("a.b").overlaps(Path.of("a"))).isFalse();
        }
    }

    @Nested
    class Order {
        @Test
        void is_key_by_key_so_that_a_path_stands_directly_before_those_that_begin_with_it() {
            List<Path> ordered = Stream.of("a", "a.b", "a.b.c", "a.c", "a b", "a!", "\"a.\"", "b")
                    .map(Path::parse)
                    .toList();

            List<Path> sorted = new ArrayList<>(new TreeSet<>(ordered));
            assertThat(sorted)
                    .containsExactlyElementsOf(List.of(
                            Path.parse("a"),
                            Path.parse("a.b"),
                            Path.parse("a.b.c"),
                            Path.parse("a.c"),
                            Path.parse("a b"),
                            Path.parse("a!"),
                            Path.parse("\"a.\""),
                            Path.parse("b")));
        }

        @Test
        void agrees_with_equality_and_keeps_extensions_together() {
            for (long seed = 0; seed < 3_000; seed++) {
                Random random = new Random(seed);
                TreeSet<Path> paths = new TreeSet<>();
                for (int i = 0; i < 12; i++) {
                    paths.add(path(random));
                }
                Path prefix = path(random);
                long extensions =
                        paths.stream().filter(path -> path.startsWith(prefix)).count();

                assertThat(paths.tailSet(prefix).stream().takeWhile(path -> path.startsWith(prefix)))
                        .as("seed %d: %s in %s", seed, prefix, paths)
                        .hasSize((int) extensions);
                assertThat(paths.stream().filter(path -> path.compareTo(prefix) == 0))
                        .as("seed %d", seed)
                        .allMatch(prefix::equals);
            }
        }

        private static Path path(Random random) {
            String[] keys = {"a", "a.", "ab", "b", "A", "!", "😀", "\uffff"};
            return new Path(Arrays.asList(new String[1 + random.nextInt(3)]).stream()
                    .map(unused -> keys[random.nextInt(keys.length)])
                    .toList());
        }
    }
}
