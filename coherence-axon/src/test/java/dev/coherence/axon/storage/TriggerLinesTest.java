package dev.coherence.axon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TriggerLinesTest {

    @Test
    void hold_one_printed_identity_on_each_line() {
        assertThat(TriggerLines.print(List.of(Identity.of("key", "1"), Identity.of("a:b", "x y"))))
                .isEqualTo("key:1\na%3Ab:x y");
        assertThat(TriggerLines.parse("key:1\na%3Ab:x y"))
                .containsExactly(Identity.of("a:b", "x y"), Identity.of("key", "1"));
    }

    @Test
    void are_empty_for_no_triggers() {
        assertThat(TriggerLines.print(List.of())).isEmpty();
        assertThat(TriggerLines.parse("")).isEmpty();
    }

    @Test
    void come_back_whatever_characters_they_have() {
        String alphabet = "ab\\n\n\r\t:%!\u2028\u0085 ";
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            SortedSet<Identity> triggers = new TreeSet<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                triggers.add(Identity.of(text(random, alphabet), text(random, alphabet)));
            }
            assertThat(TriggerLines.parse(TriggerLines.print(triggers)))
                    .as("seed %d", seed)
                    .isEqualTo(triggers);
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Test
    void are_refused_where_a_line_is_no_identity() {
        assertThatThrownBy(() -> TriggerLines.parse("key:1\n")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> TriggerLines.parse("key")).isInstanceOf(InvalidInputException.class);
    }
}
