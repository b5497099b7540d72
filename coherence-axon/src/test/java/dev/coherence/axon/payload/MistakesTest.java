package dev.coherence.axon.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.Key;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.NotPatched;
import dev.coherence.axon.event.Patching;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MistakesTest {

    private final EventDescriptors descriptors = new EventDescriptors();

    /** The only mistake of the class: where it is, and texts that the message has to contain. */
    private void assertMistake(Class<?> type, String member, String... parts) {
        assertThat(descriptors.mistakes(type))
                .singleElement()
                .asString()
                .startsWith(type.getTypeName() + (member.isEmpty() ? "" : "." + member) + ": ")
                .contains(parts);
        assertThatThrownBy(() -> descriptors.of(type)).isInstanceOf(InvalidEventClassException.class);
    }

    static class Something {
        final int number = 1;
    }

    abstract static class AbstractThing {}

    record Holder(byte[] bytes) {}

    record Nest<T>(Nest<List<T>> next) {}

    sealed interface Choice permits Good, Bad {}

    record Good(String text) implements Choice {}

    static final class Bad implements Choice {}

    sealed interface Hiding permits Hidden {}

    record Hidden(@LinkedTo("key") String keyId) implements Hiding {}

    @Nested
    class A_component_that_cannot_be_a_value {
        @ActionEvent(reason = "test")
        record OfBytes(byte[] bytes) {}

        @Test
        void is_one_of_bytes() {
            assertMistake(OfBytes.class, "bytes", "is of byte[], which cannot be a value in a patch", "@NotPatched");
        }

        @ActionEvent(reason = "test")
        record OfClass(Something something) {}

        @Test
        void is_one_of_an_arbitrary_class() {
            assertMistake(OfClass.class, "something", "is of " + Something.class.getTypeName(), "Patching");
        }

        @ActionEvent(reason = "test")
        record OfCounter(AtomicLong counter) {}

        @Test
        void is_one_of_a_number_that_changes() {
            assertMistake(OfCounter.class, "counter", "is of java.util.concurrent.atomic.AtomicLong");
        }

        @ActionEvent(reason = "test")
        record OfAbstract(AbstractThing thing) {}

        @ActionEvent(reason = "test")
        record OfStream(InputStream stream) {}

        @Test
        void is_one_of_an_abstract_class() {
            assertMistake(OfAbstract.class, "thing", "nor can its subclasses");
            assertMistake(OfStream.class, "stream", "nor can its subclasses");
        }

        @ActionEvent(reason = "test")
        record Inside(List<Optional<Something>> list, Map<String, char[]> map, Something[][] array) {}

        @Test
        void is_one_that_holds_such() {
            assertThat(descriptors.mistakes(Inside.class))
                    .extracting(mistake -> mistake.substring(0, mistake.indexOf(',')))
                    .containsExactly(
                            Inside.class.getName() + ".list: is of " + Something.class.getTypeName(),
                            Inside.class.getName() + ".map: is of char[]",
                            Inside.class.getName() + ".array: is of " + Something.class.getTypeName());
        }

        @ActionEvent(reason = "test")
        record Again(List<Something> one, List<Something> two, Map<String, Something> three, Map<String, Something> four) {}

        @Test
        void is_each_of_several_with_the_same_type() {
            assertThat(descriptors.mistakes(Again.class)).hasSize(4);
        }

        @ActionEvent(reason = "test")
        record InRecord(Holder holder, List<Holder> holders) {}

        @Test
        void may_be_in_a_record_that_the_event_holds() {
            assertThat(descriptors.mistakes(InRecord.class))
                    .singleElement()
                    .asString()
                    .startsWith(Holder.class.getName() + ".bytes (in " + InRecord.class.getName() + "): is of byte[]");
        }

        @ActionEvent(reason = "test")
        record OfMap(Map<Something, String> map, Map<Double, String> doubles) {}

        @Test
        void is_a_map_with_keys_that_have_no_text() {
            assertThat(descriptors.mistakes(OfMap.class))
                    .hasSize(2)
                    .allSatisfy(mistake -> assertThat(mistake).contains("is a map with keys of "));
        }

        @ActionEvent(reason = "test")
        record OfNest(String text, Nest<String> nest) {}

        @Test
        void is_one_whose_type_has_no_end() {
            assertThat(descriptors.mistakes(OfNest.class))
                    .singleElement()
                    .asString()
                    .startsWith(Nest.class.getName() + ".next (in ")
                    .contains("nests without end");
        }

        @ActionEvent(reason = "test")
        record OfChoice(Choice choice) {}

        @Test
        void is_one_of_a_sealed_interface_that_permits_such() {
            assertMistake(OfChoice.class, "choice", "is of " + Bad.class.getTypeName());
        }

        @ActionEvent(reason = "test")
        record OfHiding(List<Hiding> hiding) {}

        @Test
        void is_a_trigger_in_a_record_that_is_found_at_run_time() {
            assertThat(descriptors.mistakes(OfHiding.class))
                    .singleElement()
                    .asString()
                    .startsWith(Hidden.class.getName() + ".keyId (in " + OfHiding.class.getName() + "): is a trigger");
        }

        abstract static class Base<T> {
            T value;
        }

        @ActionEvent(reason = "test")
        static final class OfBase extends Base<Something> {}

        @Test
        void may_be_inherited_and_generic() {
            assertMistake(OfBase.class, "value", "is of " + Something.class.getTypeName());
        }
    }

    @Nested
    class A_key {
        @ActionEvent(reason = "test")
        record NoPath(@Key("") String empty, @Key("a..b") String gap, @Key("\"a\"") String quoted) {}

        @Test
        void has_to_be_a_path() {
            assertThat(descriptors.mistakes(NoPath.class))
                    .hasSize(3)
                    .allSatisfy(
                            mistake -> assertThat(mistake).contains("which is no path of a patch", "another with @Key"));
        }

        @ActionEvent(reason = "test")
        record NoPathNoValue(@Key("") byte[] bytes) {}

        @Test
        void that_is_no_path_does_not_hide_a_mistake_in_the_type() {
            assertThat(descriptors.mistakes(NoPathNoValue.class)).hasSize(2);
        }

        record Twenty(@Key("b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b") String text) {}

        @ActionEvent(reason = "test")
        record TooDeep(@Key("a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a") Twenty twenty) {}

        @Test
        void must_not_be_too_deep_together_with_those_above() {
            assertThat(descriptors.mistakes(TooDeep.class))
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
                @Key("a") String upper, @Key("a.b") String lower, @Key("a.c") String other, Address address,
                @Key("address.city") String city) {}

        @Test
        void must_not_lie_within_another() {
            assertThat(descriptors.mistakes(Within.class))
                    .hasSize(3)
                    .anySatisfy(mistake -> assertThat(mistake)
                            .startsWith(Within.class.getName() + ".lower: has the key a.b, which lies within a, the key of"))
                    .anySatisfy(mistake -> assertThat(mistake).startsWith(Within.class.getName() + ".other: "))
                    .anySatisfy(mistake -> assertThat(mistake).contains("has the key address.city, which is also"));
        }

        record Overlapping(String a, @Key("a.b") String b) {}

        @ActionEvent(reason = "test")
        record OfOverlapping(List<Overlapping> list) {}

        @Test
        void must_not_lie_within_another_of_a_record_in_a_list() {
            assertThat(descriptors.mistakes(OfOverlapping.class))
                    .singleElement()
                    .asString()
                    .startsWith(Overlapping.class.getName() + ".b (in ");
        }

        static class Hidden {
            String title;
        }

        @ActionEvent(reason = "test")
        static final class Hiding extends Hidden {
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

        record NotAnEvent(@Key("a") String renamed, @NotPatched String leftOut) {}

        @EffectEvent(reason = "test")
        record Effectful(@Fires("a") String id, @Key("a") String renamed) {}

        record Own(@Key("a") Patch patch) implements Patching {}

        @Test
        void has_no_effect_without_a_patch_of_components() {
            assertThat(descriptors.mistakes(NotAnEvent.class))
                    .hasSize(2)
                    .allSatisfy(mistake -> assertThat(mistake).contains("no @ActionEvent; remove it, or annotate"));
            assertMistake(Effectful.class, "renamed", "no @ActionEvent");
            assertMistake(Own.class, "patch", "implements Patching");
        }
    }

    @Nested
    class A_trigger {
        @LinkedTo("x")
        private int unrelated() {
            return 1;
        }

        record NoIds(
                @LinkedTo("a") double number,
                @LinkedTo("a") boolean truth,
                @LinkedTo("a") Map<String, String> map,
                @LinkedTo("a") List<List<String>> nested,
                @LinkedTo("a") Something[] somethings,
                @LinkedTo("a") byte[] bytes,
                @LinkedTo("a") Good record,
                @LinkedTo("a") Identity identity) {}

        @Test
        void has_to_be_of_a_type_with_one_text() {
            assertThat(descriptors.mistakes(NoIds.class))
                    .hasSize(8)
                    .allSatisfy(mistake ->
                            assertThat(mistake).contains("has @LinkedTo and is of ", "which cannot be the id of a trigger"));
        }

        record NoKind(@LinkedTo("") String id) {}

        record TooLongKind(
                @LinkedTo("%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%")
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
            assertThat(descriptors.mistakes(NoEffectEither.class))
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
            assertThat(descriptors.mistakes(Base.class)).isEmpty();
            assertThat(descriptors.mistakes(AbstractBase.class)).isEmpty();
            assertThat(descriptors.mistakes(FromBase.class)).isEmpty();
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
            assertThat(descriptors.mistakes(Misplaced.class))
                    .extracting(mistake -> mistake.substring(Misplaced.class.getName().length() + 1, mistake.indexOf(':')))
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
            assertThat(descriptors.mistakes(Blank.class))
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
            assertThat(descriptors.of(Overruled.class).reason()).isEqualTo("three");
            assertThat(descriptors.of(Own.class).reason()).isEqualTo("own");
        }

        @ActionEvent(reason = "")
        record Many(byte[] bytes, @Key("") String key, @LinkedTo("") String id, @Fires("a") double fired) {}

        @Test
        void tells_all_its_mistakes_at_once() {
            List<String> mistakes = descriptors.mistakes(Many.class);
            assertThat(mistakes).hasSize(5);
            assertThatThrownBy(() -> descriptors.of(Many.class))
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
            assertThat(descriptors.mistakes(Family.class))
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            descriptors.mistakes(Parent.class).get(0),
                            descriptors.mistakes(Child.class).get(0)));
        }
    }
}
