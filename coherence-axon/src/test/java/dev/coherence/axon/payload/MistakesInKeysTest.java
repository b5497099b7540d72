package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.assertMistake;
import static dev.coherence.axon.payload.Described.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Patch;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.Key;
import dev.coherence.axon.annotation.NotPatched;
import dev.coherence.axon.event.Patching;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MistakesInKeysTest {

    @Nested
    class A_key {
        @ActionEvent(reason = "test")
        record NoPath(
                @Key("") String empty,
                @Key("a..b") String gap,
                @Key("\"a\"") String quoted) {}

        @Test
        void has_to_be_a_path() {
            assertThat(mistakes(NoPath.class))
                    .hasSize(3)
                    .allSatisfy(mistake ->
                            assertThat(mistake).contains("which is no path of a patch", "another with @Key"));
        }

        @ActionEvent(reason = "test")
        @SuppressWarnings("ArrayRecordComponent") // which users may have
        record NoPathNoValue(@Key("") byte[] bytes) {}

        @Test
        void that_is_no_path_does_not_hide_a_mistake_in_the_type() {
            assertThat(mistakes(NoPathNoValue.class)).hasSize(2);
        }

        record Twenty(
                @Key("b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b")
                String text) {}

        @ActionEvent(reason = "test")
        record TooDeep(
                @Key("a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a")
                Twenty twenty) {}

        @Test
        void must_not_be_too_deep_together_with_those_above() {
            assertThat(mistakes(TooDeep.class))
                    .singleElement()
                    .asString()
                    .startsWith(Twenty.class.getName() + ".text (in ")
                    .contains("must have from 1 to 64 keys");
        }

        @ActionEvent(reason = "test")
        record Twice(String title, @Key("title") String name) {}

        @Test
        void must_not_be_that_of_two_components() {
            assertMistake(Twice.class, "name", "has the key title, which is also the key of", ".title;");
        }

        record Address(String city, String zip) {}

        @ActionEvent(reason = "test")
        record Within(
                @Key("a") String upper,
                @Key("a.b") String lower,
                @Key("a.c") String other,
                Address address,
                @Key("address.city") String city) {}

        @Test
        void must_not_lie_within_another() {
            assertThat(mistakes(Within.class))
                    .hasSize(3)
                    .anySatisfy(mistake -> assertThat(mistake)
                            .startsWith(Within.class.getName()
                                    + ".lower: has the key a.b, which lies within a, the key of"))
                    .anySatisfy(mistake -> assertThat(mistake).startsWith(Within.class.getName() + ".other: "))
                    .anySatisfy(mistake -> assertThat(mistake).contains("has the key address.city, which is also"));
        }

        record Overlapping(String a, @Key("a.b") String b) {}

        @ActionEvent(reason = "test")
        record OfOverlapping(List<Overlapping> list) {}

        @Test
        void must_not_lie_within_another_of_a_record_in_a_list() {
            assertThat(mistakes(OfOverlapping.class))
                    .singleElement()
                    .asString()
                    .startsWith(Overlapping.class.getName() + ".b (in ");
        }

        static class Hidden {
            String title;
        }

        @ActionEvent(reason = "test")
        static final class Hiding extends Hidden {
            @SuppressWarnings("HidingField") // which is what the mistake is about
            String title;
        }

        @Test
        void must_not_be_that_of_a_hidden_field() {
            assertMistake(Hiding.class, "title", "which is also the key of");
        }

        @ActionEvent(reason = "test")
        record LeftOut(@Key("a") @NotPatched String both) {}

        @Test
        void cannot_be_left_out_at_the_same_time() {
            assertMistake(LeftOut.class, "both", "has @Key and @NotPatched");
        }

        record B0(String a, String b, String c, String d, String e, String f, String g, String h, String i, String j) {}

        record B1(B0 a, B0 b, B0 c, B0 d, B0 e, B0 f, B0 g, B0 h, B0 i, B0 j) {}

        record B2(B1 a, B1 b, B1 c, B1 d, B1 e, B1 f, B1 g, B1 h, B1 i, B1 j) {}

        record B3(B2 a, B2 b, B2 c, B2 d, B2 e, B2 f, B2 g, B2 h, B2 i, B2 j) {}

        @ActionEvent(reason = "test")
        record TooMany(B3 one) {}

        @Test
        void must_not_be_one_of_too_many() {
            assertMistake(TooMany.class, "", "has more than 10000 keys");
        }

        record NotAnEvent(
                @Key("a") String renamed, @NotPatched String leftOut) {}

        @EffectEvent(reason = "test")
        record Effectful(@Fires("a") String id, @Key("a") String renamed) {}

        record Own(@Key("a") Patch patch) implements Patching {}

        @Test
        void has_no_effect_without_a_patch_of_components() {
            assertThat(mistakes(NotAnEvent.class))
                    .hasSize(2)
                    .allSatisfy(mistake -> assertThat(mistake).contains("no @ActionEvent; remove it, or annotate"));
            assertMistake(Effectful.class, "renamed", "no @ActionEvent");
            assertMistake(Own.class, "patch", "implements Patching");
        }
    }
}
