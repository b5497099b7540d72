package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.assertMistake;
import static dev.coherence.axon.payload.Described.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.NotPatched;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MistakesInTriggersTest {

    @Nested
    class A_trigger {
        record Named(String text) {}

        @SuppressWarnings("ArrayRecordComponent") // which users may have
        record NoIds(
                @LinkedTo("a") double number,
                @LinkedTo("a") boolean truth,
                @LinkedTo("a") Map<String, String> map,
                @LinkedTo("a") List<List<String>> nested,
                @LinkedTo("a") Thread[] threads,
                @LinkedTo("a") byte[] bytes,
                @LinkedTo("a") Named record,
                @LinkedTo("a") Identity identity) {}

        @Test
        void has_to_be_of_a_type_with_one_text() {
            assertThat(mistakes(NoIds.class))
                    .hasSize(8)
                    .allSatisfy(mistake -> assertThat(mistake)
                            .contains("has @LinkedTo and is of ", "which cannot be the id of a trigger"));
        }

        record NoKind(@LinkedTo("") String id) {}

        record TooLongKind(
                @LinkedTo(
                        "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%")
                String id) {}

        @Test
        void has_to_have_a_kind() {
            assertMistake(NoKind.class, "id", "@LinkedTo(\"\") names no kind of triggers: its kind must not be empty");
            assertMistake(TooLongKind.class, "id", "is too long");
        }

        @ActionEvent(reason = "test")
        record NoEffect(@Fires("a") String id) {}

        record InRecord(@Fires("a") String id) {}

        record NoEffectEither(List<InRecord> list) {}

        @Test
        void is_not_fired_by_an_event_that_declares_no_effect() {
            assertMistake(NoEffect.class, "id", "has @Fires, but the event has no @EffectEvent");
            assertThat(mistakes(NoEffectEither.class))
                    .singleElement()
                    .asString()
                    .startsWith(InRecord.class.getName() + ".id (in ");
        }

        @EffectEvent(reason = "test")
        record NoTrigger(String id) {}

        @EffectEvent(reason = "test")
        interface Base {}

        @EffectEvent(reason = "test")
        abstract static class AbstractBase {}

        record FromBase(@Fires("a") String id) implements Base {}

        @Test
        void has_to_be_there_in_an_event_that_declares_effects() {
            assertMistake(NoTrigger.class, "", "has @EffectEvent, but no component with @Fires");
            assertThat(mistakes(Base.class)).isEmpty();
            assertThat(mistakes(AbstractBase.class)).isEmpty();
            assertThat(mistakes(FromBase.class)).isEmpty();
        }

        static final class Misplaced {
            @LinkedTo("a")
            static String constant = "x";

            @LinkedTo("a")
            transient String cached;

            @LinkedTo("a")
            static String ofClass() {
                return "x";
            }

            @LinkedTo("a")
            String with(String parameter) {
                return parameter;
            }

            @Fires("a")
            void nothing() {}
        }

        @Test
        void has_to_be_a_part_of_the_event() {
            assertThat(mistakes(Misplaced.class))
                    .extracting(mistake ->
                            mistake.substring(Misplaced.class.getName().length() + 1, mistake.indexOf(':')))
                    .containsExactlyInAnyOrder("constant", "cached", "ofClass()", "with()", "nothing()");
        }

        static final class Different {
            @LinkedTo("a")
            String id;

            @LinkedTo("b")
            String getId() {
                return id;
            }
        }

        @Test
        void must_not_be_annotated_differently_at_two_places() {
            assertMistake(Different.class, "id", "@LinkedTo says different things on its field and on its methods");
        }

        @ActionEvent(reason = "test")
        static final class LeftOut {
            @NotPatched
            String computed() {
                return "x";
            }
        }

        @Test
        void and_nothing_else_makes_sense_on_a_method_without_field() {
            assertMistake(LeftOut.class, "computed", "is a method that belongs to no field");
        }
    }
}
