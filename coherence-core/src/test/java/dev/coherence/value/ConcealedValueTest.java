package dev.coherence.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConcealedValueTest {

    private static final Value CLEAR = Value.of("4111-clear");
    private static final Value MASK = Value.of("*1111");

    @Test
    void shows_its_mask_only() {
        ConcealedValue value = ConcealedValue.of(CLEAR, MASK);
        MapValue inside = (MapValue) Value.of(Map.of("card", value));
        assertThat(value.toJson() + value + inside.toJson() + inside).doesNotContain("4111-clear");
        assertThat(inside.toJson()).isEqualTo("{\"card\":\"*1111\"}");
        assertThat(inside.isEncrypted()).isTrue();
        assertThat(inside.masked()).isEqualTo(Value.of(Map.of("card", "*1111")));
    }

    @Test
    void gives_the_clear_value_to_who_asks_for_it() {
        assertThat(ConcealedValue.of(CLEAR, MASK).clear()).contains(CLEAR);
        assertThat(ConcealedValue.forgotten(MASK).clear()).isEmpty();
    }

    @Test
    void is_equal_to_what_is_the_same_in_clear() {
        assertThat(ConcealedValue.of(CLEAR, MASK))
                .isEqualTo(ConcealedValue.of(Value.of("4111-clear"), MASK))
                .hasSameHashCodeAs(ConcealedValue.of(Value.of("4111-clear"), MASK))
                .isNotEqualTo(ConcealedValue.of(Value.of("other"), MASK))
                .isNotEqualTo(ConcealedValue.of(CLEAR, Value.NULL))
                .isNotEqualTo(CLEAR);
    }

    @Test
    void is_equal_to_itself_alone_once_it_is_forgotten() {
        ConcealedValue forgotten = ConcealedValue.forgotten(MASK);
        assertThat(Set.of(forgotten)).contains(forgotten).doesNotContain(ConcealedValue.forgotten(MASK));
    }

    @Test
    void has_the_extent_of_what_it_conceals() {
        Value list = Value.parse("[1,[2]]");
        assertThat(ConcealedValue.of(list, Value.NULL).depth()).isEqualTo(2);
        assertThat(ConcealedValue.of(list, Value.NULL).elements()).isEqualTo(list.elements());
        assertThat(ConcealedValue.forgotten(list).elements()).isEqualTo(list.elements());
        assertThat(ConcealedValue.forgotten(Value.NULL).elements()).isOne();
    }

    @Test
    void conceals_nothing_encrypted() {
        Value concealed = ConcealedValue.of(CLEAR, MASK);
        assertThatThrownBy(() -> ConcealedValue.of(concealed, MASK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("clear");
        assertThatThrownBy(() -> ConcealedValue.forgotten(concealed))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mask");
    }
}
