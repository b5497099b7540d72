package dev.coherence.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class InvalidInputExceptionTest {

    @Test
    void says_the_place_and_the_problem() {
        InvalidInputException e = new InvalidInputException("actor.kind", "must not be empty");

        assertThat(e).hasMessage("actor.kind: must not be empty").isInstanceOf(IllegalArgumentException.class);
        assertThat(e.place()).isEqualTo("actor.kind");
        assertThat(e.problem()).isEqualTo("must not be empty");
    }

    @Test
    void joins_places_with_a_dot_and_brackets_without_one() {
        InvalidInputException kind = new InvalidInputException("kind", "x");
        InvalidInputException bracket = new InvalidInputException("[3]", "x");

        assertThat(kind.within("actor").within("history[0].action")).hasMessage("history[0].action.actor.kind: x");
        assertThat(bracket.within("triggers").place()).isEqualTo("triggers[3]");
    }

    @Test
    void is_passed_on_with_the_place_around_it() {
        assertThatThrownBy(() -> InvalidInputException.inside("actor", () -> WellFormed.name("kind", "")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("actor.kind: must not be empty");
        assertThat(InvalidInputException.<String>inside("actor", () -> WellFormed.name("kind", "user")))
                .isEqualTo("user");
    }

    @Test
    void shows_foreign_text_in_a_way_that_can_neither_forge_nor_flood_a_log() {
        assertThat(InvalidInputException.quoted("a\nINFO \"b\"")).isEqualTo("\"a\\nINFO \\\"b\\\"\"");
        assertThat(InvalidInputException.quoted("x".repeat(60))).isEqualTo("\"" + "x".repeat(60) + "\"");
        assertThat(InvalidInputException.quoted("x".repeat(61))).isEqualTo("\"" + "x".repeat(59) + "…\"");
        assertThat(InvalidInputException.quoted("\ud800")).isEqualTo("\"\\ud800\"");
        for (long seed = 0; seed < 1_000; seed++) {
            String shown = InvalidInputException.quoted(RandomTexts.any(new Random(seed), 200));

            assertThat(shown.length()).as("seed %d", seed).isLessThan(400);
            assertThat(Surrogates.indexOfUnpaired(shown)).as("seed %d", seed).isEqualTo(-1);
            assertThat(shown.chars()).as("seed %d", seed).noneMatch(Character::isISOControl);
        }
    }
}
