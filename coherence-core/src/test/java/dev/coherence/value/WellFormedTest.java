package dev.coherence.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "'; DROP TABLE x; --", "a/b:c", "漢字", "😀", "a\nb", "\u0001"})
    void names_may_be_anything(String name) {
        assertThat(WellFormed.name("reason", name)).isEqualTo(name);
    }

    @Test
    void names_have_1_to_255_characters() {
        assertThat(WellFormed.name("reason", "x".repeat(255))).hasSize(255);
        assertThatThrownBy(() -> WellFormed.name("reason", "x".repeat(256)))
                .hasMessage("reason: has 256 characters; at most 255 are allowed");
        assertThatThrownBy(() -> WellFormed.name("reason", "")).hasMessage("reason: must not be empty");
        assertThatThrownBy(() -> WellFormed.name("reason", null)).hasMessage("reason: is missing");
    }

    @Test
    void names_have_no_nul_and_no_half_characters() {
        assertThatThrownBy(() -> WellFormed.name("reason", "a\0")).hasMessageStartingWith("reason: must not contain");
        assertThatThrownBy(() -> WellFormed.name("reason", "a\ud83d")).hasMessageContaining("at offset 1");
        assertThatThrownBy(() -> WellFormed.name("reason", "\ude00a")).hasMessageContaining("at offset 0");
    }

    @Test
    void keys_have_1_to_255_characters() {
        assertThat(WellFormed.key("path[0]", "k".repeat(255))).hasSize(255);
        assertThat(WellFormed.key("path[0]", "\0")).isEqualTo("\0");
        assertThatThrownBy(() -> WellFormed.key("path[0]", "k".repeat(256))).hasMessageStartingWith("path[0]: has 256");
        assertThatThrownBy(() -> WellFormed.key("path[0]", "")).hasMessage("path[0]: must not be empty");
    }
}
