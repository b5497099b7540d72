package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.assertMistake;
import static dev.coherence.axon.payload.Described.mistakes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.LinkedTo;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MistakesInValuesTest {

    static class Something {
        final int number = 1;
    }

    abstract static class AbstractThing {}

    @SuppressWarnings("ArrayRecordComponent") // which users may have
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
        @SuppressWarnings("ArrayRecordComponent") // which users may have
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
        @SuppressWarnings("ArrayRecordComponent") // which users may have
        record Inside(List<Optional<Something>> list, Map<String, char[]> map, Something[][] array) {}

        @Test
        void is_one_that_holds_such() {
            assertThat(mistakes(Inside.class))
                    .extracting(mistake -> mistake.substring(0, mistake.indexOf(',')))
                    .containsExactly(
                            Inside.class.getName() + ".list: is of " + Something.class.getTypeName(),
                            Inside.class.getName() + ".map: is of char[]",
                            Inside.class.getName() + ".array: is of " + Something.class.getTypeName());
        }

        @ActionEvent(reason = "test")
        record Again(
                List<Something> one, List<Something> two, Map<String, Something> three, Map<String, Something> four) {}

        @Test
        void is_each_of_several_with_the_same_type() {
            assertThat(mistakes(Again.class)).hasSize(4);
        }

        @ActionEvent(reason = "test")
        record InRecord(Holder holder, List<Holder> holders) {}

        @Test
        void may_be_in_a_record_that_the_event_holds() {
            assertThat(mistakes(InRecord.class))
                    .singleElement()
                    .asString()
                    .startsWith(Holder.class.getName() + ".bytes (in " + InRecord.class.getName() + "): is of byte[]");
        }

        @ActionEvent(reason = "test")
        record OfMap(Map<Something, String> map, Map<Double, String> doubles) {}

        @Test
        void is_a_map_with_keys_that_have_no_text() {
            assertThat(mistakes(OfMap.class))
                    .hasSize(2)
                    .allSatisfy(mistake -> assertThat(mistake).contains("is a map with keys of "));
        }

        @ActionEvent(reason = "test")
        record OfNest(String text, Nest<String> nest) {}

        @Test
        void is_one_whose_type_has_no_end() {
            assertThat(mistakes(OfNest.class))
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
            assertThat(mistakes(OfHiding.class))
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
}
