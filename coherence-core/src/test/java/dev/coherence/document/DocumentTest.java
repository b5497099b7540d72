package dev.coherence.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.coherence.action.Action;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.value.Limits;
import dev.coherence.value.MapValue;
import dev.coherence.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DocumentTest {

    @Nested
    class Assoc {
        @Test
        void writes_a_value_and_leaves_the_others() {
            assertThat(document("{'a':1,'b':2}").apply(assoc("a", 3))).isEqualTo(document("{'a':3,'b':2}"));
            assertThat(document("{'a':{'b':1,'c':2}}").apply(assoc("a.b", 3)))
                    .isEqualTo(document("{'a':{'b':3,'c':2}}"));
        }

        @Test
        void replaces_a_whole_value_without_merging_maps() {
            assertThat(document("{'a':{'b':1}}").apply(assoc("a", Map.of("c", 2))))
                    .isEqualTo(document("{'a':{'c':2}}"));
            assertThat(document("{'a':{'b':1}}").apply(assoc("a", null))).isEqualTo(document("{'a':null}"));
        }

        @Test
        void creates_what_is_missing_on_the_way() {
            assertThat(Document.empty().apply(assoc("a.b.c", 1))).isEqualTo(document("{'a':{'b':{'c':1}}}"));
        }

        @Test
        void replaces_a_value_on_the_way_that_is_no_map() {
            assertThat(document("{'a':1}").apply(assoc("a.b", 2))).isEqualTo(document("{'a':{'b':2}}"));
            assertThat(document("{'a':null}").apply(assoc("a.b", 2))).isEqualTo(document("{'a':{'b':2}}"));
            assertThat(document("{'a':[{'b':1}],'x':0}").apply(assoc("a.b.c", 2)))
                    .isEqualTo(document("{'a':{'b':{'c':2}},'x':0}"));
        }
    }

    @Nested
    class Actions {
        @Test
        void are_applied_in_their_order() {
            assertThat(document("{'a':1,'b':2}")
                            .applyAll(Stream.of(
                                    action(1, assoc("a", 3)), action(2, dissoc("b")), action(3, assoc("a", 4)))))
                    .isEqualTo(document("{'a':4}"));
        }

        @Test
        void leave_the_document_as_it_is_if_there_are_none() {
            assertThat(document("{'a':1}").applyAll(Stream.empty())).isEqualTo(document("{'a':1}"));
        }

        @Test
        void are_closed() {
            AtomicInteger closed = new AtomicInteger();
            Stream<RecordedAction> actions = Stream.of(action(1, assoc("a", 1))).onClose(closed::incrementAndGet);

            Document unused = Document.empty().applyAll(actions.filter(action -> false));

            assertThat(closed).hasValue(1);
        }

        private static RecordedAction action(long number, Patch patch) {
            Action action = new Action(
                    "revise",
                    Identity.of("user", "bob"),
                    Identity.of("book", "1"),
                    patch,
                    Collections.emptySortedSet());
            return new RecordedAction(number, number - 1, Instant.EPOCH, "test", action);
        }
    }

    @Nested
    class Dissoc {
        @Test
        void removes_a_value_of_any_kind_and_leaves_the_others() {
            assertThat(document("{'a':1,'b':2}").apply(dissoc("a"))).isEqualTo(document("{'b':2}"));
            assertThat(document("{'a':null}").apply(dissoc("a"))).isEqualTo(Document.empty());
            assertThat(document("{'a':{'b':{'c':1},'d':2}}").apply(dissoc("a.b")))
                    .isEqualTo(document("{'a':{'d':2}}"));
        }

        @Test
        void leaves_emptied_maps_in_place() {
            assertThat(document("{'a':{'b':1}}").apply(dissoc("a.b"))).isEqualTo(document("{'a':{}}"));
        }

        @Test
        void of_what_is_missing_changes_nothing() {
            assertThat(document("{'a':{'b':1}}").apply(dissoc("c"))).isEqualTo(document("{'a':{'b':1}}"));
            assertThat(document("{'a':{'b':1}}").apply(dissoc("a.c"))).isEqualTo(document("{'a':{'b':1}}"));
            assertThat(document("{'a':{'b':1}}").apply(dissoc("x.y.z"))).isEqualTo(document("{'a':{'b':1}}"));
        }

        @Test
        void through_a_value_that_is_no_map_changes_nothing() {
            assertThat(document("{'a':1}").apply(dissoc("a.b"))).isEqualTo(document("{'a':1}"));
            assertThat(document("{'a':null}").apply(dissoc("a.b.c"))).isEqualTo(document("{'a':null}"));
            assertThat(document("{'a':[{'b':1}]}").apply(dissoc("a.b"))).isEqualTo(document("{'a':[{'b':1}]}"));
        }

        @Test
        void beside_an_assoc_through_a_value_that_is_no_map_removes_it_with_that() {
            Patch patch = Patch.builder()
                    .dissoc("a.b")
                    .assoc("a.c", 1)
                    .dissoc("a.d.e")
                    .build();

            assertThat(document("{'a':5}").apply(patch)).isEqualTo(document("{'a':{'c':1}}"));
        }
    }

    @Nested
    class Get {
        private final Document document = document("{'a':{'b':null,'c':[1]},'x.y':2}");

        @Test
        void finds_what_is_there_null_included() {
            assertThat(document.get(Path.parse("a.b"))).contains(Value.NULL);
            assertThat(document.get(Path.parse("a.c"))).contains(Value.of(List.of(1)));
            assertThat(document.get(Path.of("x.y"))).contains(Value.of(2));
            assertThat(document.get(Path.of("a"))).get().isInstanceOf(MapValue.class);
        }

        @Test
        void finds_nothing_elsewhere() {
            assertThat(document.get(Path.parse("b"))).isEmpty();
            assertThat(document.get(Path.parse("a.b.c"))).isEmpty();
            assertThat(document.get(Path.parse("a.c.0"))).isEmpty();
            assertThat(document.get(Path.parse("x.y"))).isEmpty();
            assertThat(Document.empty().get(Path.of("a"))).isEmpty();
        }
    }

    @Nested
    class State {
        @Test
        void stays_as_it_is_when_a_patch_is_applied() {
            Document before = document("{'a':{'b':1}}");

            before.apply(assoc("a.b", 2));
            before.apply(dissoc("a"));

            assertThat(before).isEqualTo(document("{'a':{'b':1}}")).hasToString("{\"a\":{\"b\":1}}");
            assertThat(Document.empty().isEmpty()).isTrue();
        }

        @Test
        void is_empty_without_entries() {
            assertThat(Document.empty().value()).isEqualTo(MapValue.empty());
            assertThat(document("{'a':1}").isEmpty()).isFalse();
            assertThat(document("{'a':1}").apply(dissoc("a")).isEmpty()).isTrue();
            assertThat(document("{'a':{}}").isEmpty()).isFalse();
        }

        @Test
        void is_equal_by_its_entries() {
            assertThat(document("{'a':1.0}")).isEqualTo(document("{'a':1}")).hasSameHashCodeAs(document("{'a':1}"));
            assertThat(document("{'a':1}"))
                    .isNotEqualTo(document("{'a':2}"))
                    .isNotEqualTo(document("{'a':1}").value());
        }

        @Test
        void is_never_made_of_nothing() {
            assertThatThrownBy(() -> Document.of(null)).hasMessage("document: is missing");
        }
    }

    @Nested
    class EveryPatchCanBeApplied {
        @Test
        void at_the_greatest_depth() {
            Path deep = new Path(Collections.nCopies(Limits.MAX_DEPTH, "k"));
            Document document =
                    Document.empty().apply(Patch.builder().assoc(deep, 1).build());

            assertThat(document.value().depth()).isEqualTo(Limits.MAX_DEPTH);
            assertThat(document.get(deep)).contains(Value.of(1));
            assertThat(document.apply(Patch.builder().dissoc(deep).build())
                            .value()
                            .depth())
                    .isEqualTo(Limits.MAX_DEPTH);
        }

        @Test
        void that_names_no_path_and_so_leaves_what_is_known() {
            Document document = document("{'a':1}");

            assertThat(document.apply(Patch.nothing())).isSameAs(document);
            assertThat(document.apply(Patch.everything())).isSameAs(document);
        }

        @Test
        void to_a_document_that_has_grown_beyond_what_one_patch_may_hold() {
            Document document = Document.empty();
            for (String key : List.of("a", "b", "c")) {
                document = document.apply(assoc(key, Collections.nCopies(99_999, 0)));
            }
            assertThat(document.value().elements()).isGreaterThan(Limits.MAX_ELEMENTS);
        }

        @Test
        void in_time_that_does_not_grow_with_the_square_of_its_entries() {
            Patch.Builder builder = Patch.builder();
            for (int i = 0; i < Limits.MAX_PATCH_ENTRIES; i++) {
                builder.assoc(Path.of("a", "b", "k" + i), i);
            }
            Patch patch = builder.build();

            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                Document document = Document.empty();
                for (int i = 0; i < 20; i++) {
                    document = document.apply(patch);
                }
                assertThat(document.value().elements()).isEqualTo(10_003);
            });
        }
    }

    private static Patch assoc(String path, Object value) {
        return Patch.builder().assoc(path, value).build();
    }

    private static Patch dissoc(String path) {
        return Patch.builder().dissoc(path).build();
    }

    private static Document document(String json) {
        return Document.of((MapValue) Value.parse(json.replace('\'', '"')));
    }
}
