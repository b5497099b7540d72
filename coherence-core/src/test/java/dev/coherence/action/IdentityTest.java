package dev.coherence.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.RandomTexts;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    @Nested
    class Text {
        @ParameterizedTest
        @CsvSource({
            "book, Neuromancer, book:Neuromancer",
            "book, a:b/c!%, book:a:b/c!%",
            "a:b, c, a%3Ab:c",
            "a!b%, c, a%21b%25:c",
            "%3A, x, %253A:x",
            "漢, 😀, 漢:😀"
        })
        void is_kind_and_id_with_only_the_kind_escaped(String kind, String id, String text) {
            assertThat(Identity.of(kind, id)).hasToString(text);
            assertThat(Identity.parse(text)).isEqualTo(Identity.of(kind, id));
        }

        @Test
        void is_read_back_as_the_same_identity() {
            for (long seed = 0; seed < 5_000; seed++) {
                Random random = new Random(seed);
                Identity identity = Identity.of(withoutNul(random, 20), withoutNul(random, 40));

                assertThat(Identity.parse(identity.toString()))
                        .as("seed %d", seed)
                        .isEqualTo(identity);
            }
        }

        @Test
        void is_refused_or_written_back_identically() {
            int read = 0;
            for (long seed = 0; seed < 20_000; seed++) {
                Random random = new Random(seed);
                String text = RandomTexts.mutated(random, "a%3Ab:c%21", "%:!235Aa\0\ud800");
                try {
                    assertThat(Identity.parse(text).toString())
                            .as("seed %d", seed)
                            .isEqualTo(text);
                    read++;
                } catch (InvalidInputException e) {
                    assertThat(e.place()).as("seed %d: %s", seed, text).isEqualTo("identity");
                }
            }
            assertThat(read).as("texts that were read").isBetween(2_000, 18_000);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ":",
                    "a:",
                    ":a",
                    "book",
                    "a%:b",
                    "a%2:b",
                    "a%3a:b",
                    "a%20:b",
                    "a!b:c",
                    "a\0:b",
                    "a:\0",
                    "\ud800:b"
                })
        void that_no_identity_has_is_refused(String text) {
            assertThatThrownBy(() -> Identity.parse(text)).isInstanceOfSatisfying(InvalidInputException.class, e -> {
                assertThat(e.place()).isEqualTo("identity");
                assertThat(e.problem()).isNotEmpty();
            });
        }

        private static String withoutNul(Random random, int maxLength) {
            return RandomTexts.wellFormed(random, maxLength).replace('\0', '0');
        }
    }

    @Nested
    class Refuses {
        @Test
        void empty_and_missing_parts() {
            assertThatThrownBy(() -> Identity.of("", "1")).hasMessage("kind: must not be empty");
            assertThatThrownBy(() -> Identity.of("book", "")).hasMessage("id: must not be empty");
            assertThatThrownBy(() -> Identity.of(null, "1")).hasMessage("kind: is missing");
            assertThatThrownBy(() -> Identity.of("book", null)).hasMessage("id: is missing");
            assertThatThrownBy(() -> Identity.parse(null)).hasMessage("identity: is missing");
        }

        @Test
        void more_than_255_characters_as_written() {
            assertThat(Identity.of("book", "x".repeat(250)).toString()).hasSize(255);
            assertThat(Identity.of(":".repeat(84), "ab").toString()).hasSize(255);
            assertThatThrownBy(() -> Identity.of("book", "x".repeat(251)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("id: is too long: written as kind:id it has 256 characters, at most 255 are allowed");
            assertThatThrownBy(() -> Identity.of(":".repeat(85), "a")).hasMessageContaining("257 characters");
            assertThatThrownBy(() -> Identity.parse("book:" + "x".repeat(251))).hasMessageStartingWith("identity: ");
            assertThatThrownBy(() -> Identity.parse("%".repeat(10_000_000) + ":x"))
                    .hasMessageStartingWith("identity: ");
        }
    }

    @Test
    void order_is_by_kind_then_id() {
        Identity first = Identity.of("a", "2");
        Identity second = Identity.of("a", "3");
        Identity third = Identity.of("a:b", "1");

        assertThat(new TreeSet<>(List.of(third, second, first))).containsExactly(first, second, third);
        assertThat(first).isEqualByComparingTo(Identity.of("a", "2"));
    }
}
