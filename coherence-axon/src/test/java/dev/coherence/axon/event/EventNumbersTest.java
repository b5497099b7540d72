package dev.coherence.axon.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.value.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventNumbersTest {

    @Test
    void are_printed_ascending_with_commas() {
        assertThat(EventNumbers.print(List.of(10L, 9L, Long.MAX_VALUE))).isEqualTo("9,10,9223372036854775807");
    }

    @Test
    void are_read_as_they_were_printed() {
        assertThat(EventNumbers.parse("9,10,9223372036854775807")).containsExactly(9L, 10L, Long.MAX_VALUE);
    }

    @Test
    void are_empty_for_no_numbers() {
        assertThat(EventNumbers.print(List.of())).isEmpty();
        assertThat(EventNumbers.parse("")).isEmpty();
        assertThat(EventNumbers.parse(" ")).isEmpty();
    }

    @Test
    void may_be_written_with_spaces_and_in_any_order() {
        assertThat(EventNumbers.parse(" 10, 9 ,10")).containsExactly(9L, 10L);
    }

    @Test
    void are_refused_where_something_else_stands_between_the_commas() {
        assertThat(Stream.of("x", "1,,2", "1,", "1;2", "1 2", "0", "-1", "+1", "1.0", "9223372036854775808", "\u0661"))
                .allSatisfy(text -> assertThatThrownBy(() -> EventNumbers.parse(text))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageMatching("numbers: holds \".*\", but a sequence number is an integer of 1 or more"));
    }
}
