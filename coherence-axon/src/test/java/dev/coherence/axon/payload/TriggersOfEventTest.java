package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.descriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.EffectEvent;
import dev.coherence.axon.annotation.Fires;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.NotPatched;
import dev.coherence.value.InvalidInputException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TriggersOfEventTest {

    private static Collection<String> links(Object event) {
        return descriptor(event).links(event).stream().map(Identity::toString).toList();
    }

    @ActionEvent(reason = "payment")
    record PaymentTaken(
            String id, @LinkedTo("encryption-key") String keyId, String cardNumber) {}

    enum Shelf {
        LEFT {
            @Override
            public String toString() {
                return "printed otherwise";
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // which users may have
    record All(
            @LinkedTo("a") UUID uuid,
            @LinkedTo("a") long number,
            @LinkedTo("b") Shelf shelf,
            @LinkedTo("b") Optional<BigInteger> optional,
            @LinkedTo("c") List<Optional<String>> list,
            @LinkedTo("c") int[] array,
            @LinkedTo("d") Object open,
            @LinkedTo("d") Collection<?> openList) {}

    @Nested
    class Links {
        @Test
        void are_the_triggers_that_a_component_names() {
            PaymentTaken event = new PaymentTaken("#1", "17", "4711");
            assertThat(links(event)).containsExactly("encryption-key:17");
            assertThat(Described.assoc(event)).containsOnlyKeys("cardNumber");
        }

        @Test
        void may_be_of_any_type_that_has_one_text_and_of_collections() {
            All event = new All(
                    new UUID(0, 1),
                    2,
                    Shelf.LEFT,
                    Optional.of(BigInteger.TEN),
                    Arrays.asList(Optional.of("y"), Optional.of("x"), Optional.empty(), null),
                    new int[] {3, 3},
                    List.of("o"),
                    Set.of('p'));
            assertThat(links(event))
                    .containsExactly(
                            "a:00000000-0000-0000-0000-000000000001",
                            "a:2",
                            "b:10",
                            "b:LEFT",
                            "c:3",
                            "c:x",
                            "c:y",
                            "d:o",
                            "d:p");
        }

        @Test
        void are_none_where_there_is_null() {
            assertThat(links(new PaymentTaken("#1", null, null))).isEmpty();
            assertThat(links(new All(null, 1, null, Optional.empty(), null, null, null, null)))
                    .containsExactly("a:1");
        }

        @Test
        void are_there_without_any_annotation_on_the_class() {
            All event = new All(null, 1, null, Optional.empty(), null, null, null, null);
            assertThat(descriptor(event).isPlain()).isFalse();
            assertThat(descriptor(event).isAction()).isFalse();
            assertThat(Described.patch(event).touchesEverything()).isTrue();
        }
    }

    record Line(@LinkedTo("product") String product, int count) {}

    record Box<T>(T content) {}

    record Note(String text, List<Note> notes) {}

    @ActionEvent(reason = "order")
    @SuppressWarnings("ArrayRecordComponent") // which users may have
    record Ordered(
            String id,
            Line first,
            List<Line> lines,
            Map<String, List<Line>> byName,
            Line[] array,
            Box<String> other,
            @NotPatched Optional<Box<Line>> box,
            Note note) {}

    record Boxes(Box<String> texts, Box<Line> lines, Box<? extends Line> others) {}

    record Tree(@LinkedTo("leaf") String leaf, List<Tree> below) {}

    record Planted(Tree tree) {}

    @Nested
    class Links_in_records {
        @Test
        void count_as_those_of_the_event() {
            Ordered event = new Ordered(
                    "#1",
                    new Line("1", 1),
                    Arrays.asList(new Line("2", 1), null),
                    Map.of("x", List.of(new Line("3", 1))),
                    new Line[] {new Line("4", 1), new Line(null, 2)},
                    new Box<>("6"),
                    Optional.of(new Box<>(new Line("5", 1))),
                    null);
            assertThat(links(event)).containsExactly("product:1", "product:2", "product:3", "product:4", "product:5");
            assertThat(Described.assoc(event))
                    .containsEntry("lines", "[{\"count\":1},null]")
                    .containsEntry("first.count", "1");
        }

        @Test
        void are_found_in_a_record_with_whatever_type_arguments_it_has() {
            Boxes event = new Boxes(new Box<>("6"), new Box<>(new Line("5", 1)), new Box<>(new Line("4", 1)));
            assertThat(links(event)).containsExactly("product:4", "product:5");
        }

        @Test
        void are_followed_through_records_that_contain_themselves() {
            Tree tree = new Tree("1", List.of(new Tree("2", List.of(new Tree("3", null)))));
            assertThat(links(new Planted(tree))).containsExactly("leaf:1", "leaf:2", "leaf:3");
        }

        @Test
        void are_refused_if_these_contain_themselves_at_run_time() {
            List<Tree> below = new ArrayList<>();
            Tree tree = new Tree("1", below);
            below.add(tree);
            assertThatThrownBy(() -> links(new Planted(tree)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Planted.class.getName() + ".tree.below[0].below[0]")
                    .hasMessageContaining("nests deeper than 64 levels");
        }
    }

    static class Stored {
        private final List<Integer> keys;

        Stored(List<Integer> keys) {
            this.keys = keys;
        }

        @LinkedTo("key")
        List<String> keyTexts() {
            return keys.stream().map(key -> "key-" + key).toList();
        }
    }

    static final class StoredAgain extends Stored {
        StoredAgain(List<Integer> keys) {
            super(keys);
        }

        @Override
        List<String> keyTexts() {
            return List.of("own");
        }
    }

    @Nested
    class Links_of_methods {
        @Test
        void are_what_they_return() {
            assertThat(links(new Stored(List.of(1, 2)))).containsExactly("key:key-1", "key:key-2");
        }

        @Test
        void are_inherited_and_may_be_overridden() {
            assertThat(links(new StoredAgain(List.of(1)))).containsExactly("key:own");
        }
    }

    @Nested
    class Ids_that_are_none {
        @Test
        void are_refused_naming_class_and_member() {
            assertThatThrownBy(() -> links(new PaymentTaken("#1", "", null)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(PaymentTaken.class.getName() + ".keyId: names no trigger: its id must not be empty");
            assertThatThrownBy(() -> links(new All(null, 1, null, Optional.empty(), null, null, 1.5, null)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(
                            All.class.getName() + ".open: is of java.lang.Double, which cannot be the id of a trigger");
            assertThatThrownBy(
                            () -> links(new All(null, 1, null, Optional.empty(), null, null, null, List.of(List.of()))))
                    .hasMessageStartingWith(All.class.getName() + ".openList[0]: is of ");
        }
    }

    @EffectEvent(reason = "key-expired")
    record KeyExpired(@Fires("encryption-key") String keyId) {}

    @EffectEvent(reason = "withdrawn")
    @ActionEvent(reason = "withdraw")
    record Withdrawn(
            String id,
            @Fires("edition") List<String> editions,
            @Fires("author") @LinkedTo("author") String author,
            String why) {}

    @EffectEvent(reason = "withdrawn")
    @ActionEvent(reason = "withdraw")
    record Recalled(String id, @Fires("edition") String edition) {}

    @Nested
    class Effects {
        @Test
        void are_one_for_each_trigger_that_is_named() {
            Withdrawn event = new Withdrawn("#1", List.of("2", "1", "2"), "x", "torn");
            assertThat(descriptor(event).effects(event))
                    .containsExactly(
                            new Effect("withdrawn", Identity.of("edition", "2")),
                            new Effect("withdrawn", Identity.of("edition", "1")),
                            new Effect("withdrawn", Identity.of("author", "x")));
            assertThat(links(event)).containsExactly("author:x");
        }

        @Test
        void go_with_a_patch_and_another_reason_if_the_event_is_an_action_as_well() {
            Withdrawn event = new Withdrawn("#1", List.of("2"), "x", "torn");
            assertThat(descriptor(event).isAction()).isTrue();
            assertThat(descriptor(event).declaresEffects()).isTrue();
            assertThat(descriptor(event).reason()).isEqualTo("withdraw");
            assertThat(Described.assoc(event)).containsOnlyKeys("why");
            assertThat(Described.patch(new Recalled("#1", "2")).touchesNothing())
                    .isTrue();
        }

        @Test
        void alone_touch_nothing() {
            KeyExpired event = new KeyExpired("17");
            assertThat(Described.patch(event).touchesNothing()).isTrue();
            assertThat(descriptor(event).isAction()).isFalse();
            assertThat(descriptor(event).isPlain()).isFalse();
            assertThat(descriptor(event).reason()).isEqualTo("key-expired");
            assertThat(descriptor(event).effects(event))
                    .containsExactly(new Effect("key-expired", Identity.of("encryption-key", "17")));
        }

        @Test
        void are_none_where_there_is_null_or_no_annotation() {
            KeyExpired event = new KeyExpired(null);
            assertThat(descriptor(event).effects(event)).isEmpty();
            PaymentTaken payment = new PaymentTaken("#1", "17", "4711");
            assertThat(descriptor(payment).effects(payment)).isEmpty();
        }
    }
}
