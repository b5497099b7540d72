package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.value.InvalidInputException;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OpenValuesTest {

    enum Genre {
        CYBERPUNK,
        SPACE
    }

    @ActionEvent(reason = "test")
    record Anything(Object any) {}

    sealed interface Payment permits Card, Voucher, Cash {}

    record Card(String number) implements Payment {}

    record Voucher(String number) implements Payment {}

    enum Cash implements Payment {
        EURO
    }

    record Linked(@LinkedTo("key") String keyId) {}

    @ActionEvent(reason = "test")
    record Paid(Payment payment, List<Payment> others) {}

    @ActionEvent(reason = "test")
    record Open(Comparable<?> comparable, Number number, CharSequence text, Iterable<?> items, Runnable task) {}

    @Nested
    class Values_of_an_open_type {
        @Test
        void are_told_apart_by_the_class_that_is_found() {
            assertThat(value(new Paid(new Card("1"), null)).toJson())
                    .isEqualTo("{\"OpenValuesTest$Card\":{\"number\":\"1\"}}");
            assertThat(value(new Paid(new Voucher("1"), null)).toJson())
                    .isEqualTo("{\"OpenValuesTest$Voucher\":{\"number\":\"1\"}}");
            assertThat(value(new Paid(null, List.of(Cash.EURO))).toJson())
                    .isEqualTo("[{\"OpenValuesTest$Cash\":\"EURO\"}]");
        }

        @Test
        void have_the_full_name_of_a_class_of_another_package() {
            assertThat(value(new Anything(new Card("1"))).toJson())
                    .isEqualTo("{\"" + Card.class.getName() + "\":{\"number\":\"1\"}}");
            assertThat(value(new Anything(Genre.CYBERPUNK)).toJson())
                    .isEqualTo("{\"" + Genre.class.getName() + "\":\"CYBERPUNK\"}");
        }

        @Test
        void may_be_whatever_a_value_can_be() {
            assertThat(Described.assoc(new Open("x", new BigDecimal("1.0"), CharBuffer.wrap("t"), List.of(1), null)))
                    .isEqualTo(Map.of("comparable", "\"x\"", "number", "1", "text", "\"t\"", "items", "[1]"));
            assertThat(value(new Anything(new Object[] {1, Map.of("a", Set.of("b"))}))
                            .toJson())
                    .isEqualTo("[1,{\"a\":[\"b\"]}]");
        }

        @Test
        void are_refused_naming_class_and_member_if_they_are_none() {
            assertThatThrownBy(() -> value(new Anything(Map.of("a", List.of(1, new AtomicInteger())))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Anything.class.getName()
                            + ".any[\"a\"][1]: is of java.util.concurrent.atomic.AtomicInteger,"
                            + " which cannot be a value in a patch");
            assertThatThrownBy(() -> value(new Open(null, null, null, null, () -> {})))
                    .hasMessageStartingWith(Open.class.getName() + ".task: is of ");
            assertThatThrownBy(() -> value(new Anything(new byte[1])))
                    .hasMessageStartingWith(Anything.class.getName() + ".any: is of byte[]");
        }

        @Test
        void are_refused_if_they_hide_a_trigger() {
            assertThatThrownBy(() -> value(new Anything(new Linked("1"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Anything.class.getName() + ".any: holds a record that cannot be a value: "
                            + Linked.class.getName() + ".keyId: is a trigger in a record that is found at run time");
        }
    }

    record Tree(String label, Tree left, Tree right) {}

    record Node(String label, List<Node> below) {}

    record Ping(Optional<Pong> pong, String text) {}

    record Pong(Ping ping) {}

    static final class Deep extends ArrayList<Deep> {
        private static final long serialVersionUID = 1L;
    }

    @ActionEvent(reason = "test")
    record Recursive(Tree tree, Node node, Ping ping, Deep deep) {}

    @Nested
    class Values_that_contain_their_own_type {
        @Test
        void are_one_value_if_they_are_records() {
            assertThat(Described.assoc(new Recursive(
                            new Tree("a", null, new Tree("b", null, null)),
                            null,
                            new Ping(Optional.of(new Pong(new Ping(Optional.empty(), "x"))), null),
                            null)))
                    .isEqualTo(Map.of(
                            "tree", "{\"label\":\"a\",\"right\":{\"label\":\"b\"}}",
                            "ping", "{\"pong\":{\"ping\":{\"text\":\"x\"}}}"));
        }

        @Test
        void may_have_keys_of_their_own_if_they_contain_themselves_in_lists_only() {
            assertThat(Described.assoc(new Recursive(
                            null, new Node("a", List.of(new Node("b", List.of()))), null, new Deep())))
                    .isEqualTo(Map.of(
                            "node.label", "\"a\"", "node.below", "[{\"below\":[],\"label\":\"b\"}]", "deep", "[]"));
        }

        @Test
        void are_refused_if_they_contain_themselves() {
            List<Object> endless = new ArrayList<>();
            endless.add(endless);
            assertThatThrownBy(() -> value(new Anything(endless)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Anything.class.getName() + ".any[0][0]")
                    .hasMessageContaining("nests deeper than 64 levels");
        }

        @Test
        void are_refused_if_they_unfold_without_end() {
            List<Object> wide = List.of("x");
            for (int i = 0; i < 40; i++) {
                wide = List.of(wide, wide, wide);
            }
            List<Object> all = wide;
            assertThatThrownBy(() -> value(new Anything(all)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("holds more than 100000 values");
        }

        @ActionEvent(reason = "test")
        record Two(List<Integer> one, List<Integer> two) {}

        @Test
        void are_counted_one_by_one() {
            List<Integer> many = Collections.nCopies(99_999, 1);
            List<Integer> tooMany = Collections.nCopies(100_000, 1);
            assertThat(Described.patch(new Two(many, many)).paths()).hasSize(2);
            assertThatThrownBy(() -> Described.patch(new Two(many, tooMany)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            Two.class.getName() + ".two: holds more than 100000 values; split it over several events");
        }

        @Test
        void are_refused_if_they_and_their_path_nest_too_deep() {
            Tree tree = null;
            for (int i = 0; i < 64; i++) {
                tree = new Tree("x", tree, null);
            }
            Tree deep = tree;
            assertThatThrownBy(() -> value(new Recursive(deep, null, null, null)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Recursive.class.getName() + ".patch.assoc[\"tree\"]: nests too deep");
            assertThat(value(new Recursive(deep.left(), null, null, null)).depth())
                    .isEqualTo(63);
        }
    }
}
