package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.assertMistake;
import static dev.coherence.axon.payload.Described.mistakes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.Key;
import dev.coherence.axon.annotation.LinkedTo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MistakesInClassesTest {

    @ActionEvent(reason = "one")
    interface One {}

    @ActionEvent(reason = "two")
    interface Two {}

    interface Nearer extends One {}

    @ActionEvent(reason = "three")
    interface Three extends One {}

    @Nested
    class A_class {
        @ActionEvent(reason = " ")
        @EffectEvent(reason = "")
        record Blank(@Fires("a") String id) {}

        @ActionEvent(reason = "a\0b")
        record Unstorable(String id) {}

        @Test
        void has_to_give_a_reason() {
            assertThat(mistakes(Blank.class))
                    .containsExactly(
                            Blank.class.getName()
                                    + ": has @ActionEvent(reason = \" \"): its reason must not be blank; say why",
                            Blank.class.getName()
                                    + ": has @EffectEvent(reason = \"\"): its reason must not be empty; say why");
            assertMistake(Unstorable.class, "", "U+0000");
        }

        record Both(String id) implements One, Two {}

        record Overruled(String id) implements Nearer, Three {}

        @ActionEvent(reason = "own")
        record Own(String id) implements One, Two {}

        @Test
        void must_not_inherit_different_annotations() {
            assertMistake(Both.class, "", "inherits different @ActionEvent from", "annotate the class itself");
            assertThat(new EventDescriptors().of(Overruled.class).reason()).isEqualTo("three");
            assertThat(new EventDescriptors().of(Own.class).reason()).isEqualTo("own");
        }

        @ActionEvent(reason = "")
        @SuppressWarnings("ArrayRecordComponent") // which users may have
        record Many(
                byte[] bytes,
                @Key("") String key,
                @LinkedTo("") String id,
                @Fires("a") double fired) {}

        @Test
        void tells_all_its_mistakes_at_once() {
            List<String> mistakes = mistakes(Many.class);
            assertThat(mistakes).hasSize(5);
            assertThatThrownBy(() -> new EventDescriptors().of(Many.class))
                    .isInstanceOfSatisfying(InvalidEventClassException.class, e -> {
                        assertThat(e.eventClass()).isEqualTo(Many.class.getName());
                        assertThat(e.mistakes()).isEqualTo(mistakes);
                        List<String> lines = new ArrayList<>();
                        lines.add("the event class " + Many.class.getName() + " has 5 mistakes:");
                        mistakes.forEach(mistake -> lines.add("- " + mistake));
                        assertThat(e.getMessage().lines()).isEqualTo(lines);
                    });
        }

        sealed interface Family permits Parent, Child {}

        record Parent(@LinkedTo("") String id) implements Family {}

        record Child(@LinkedTo("") String id) implements Family {}

        @Test
        void that_is_sealed_tells_those_of_the_classes_that_it_permits() {
            assertThat(mistakes(Family.class))
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            mistakes(Parent.class).get(0), mistakes(Child.class).get(0)));
        }
    }
}
