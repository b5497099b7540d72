package dev.coherence.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Action;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.document.Document;
import dev.coherence.value.MapValue;
import dev.coherence.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static final Identity UBIK = Identity.of("book", "Ubik");
    private static final Identity EMMA = Identity.of("book", "Emma");
    private static final Identity SHELF = Identity.of("shelf", "1");

    @Nested
    class Projecting {

        @Test
        void gives_the_state_of_the_changed_aggregate_after_each_action() {
            assertThat(project(1, set(1, UBIK, 0, "a", 1), set(2, EMMA, 0, "a", 2), set(5, UBIK, 1, "b", 3)))
                    .containsExactly(
                            projection(1, Map.of(UBIK, "{\"a\":1}")),
                            projection(2, Map.of(EMMA, "{\"a\":2}")),
                            projection(5, Map.of(UBIK, "{\"a\":1,\"b\":3}")));
        }

        @Test
        void only_builds_state_before_the_start_which_is_inclusive() {
            assertThat(project(5, set(1, UBIK, 0, "a", 1), set(4, UBIK, 1, "b", 2), set(5, UBIK, 2, "c", 3)))
                    .containsExactly(projection(5, Map.of(UBIK, "{\"a\":1,\"b\":2,\"c\":3}")));
        }

        @Test
        void gives_all_that_was_replayed_with_the_first_action_from_the_start_on_and_not_again() {
            assertThat(project(
                            5,
                            set(1, UBIK, 0, "a", 1),
                            set(2, EMMA, 0, "a", 2),
                            set(5, SHELF, 0, "a", 3),
                            set(6, EMMA, 1, "a", 4)))
                    .containsExactly(
                            projection(5, Map.of(UBIK, "{\"a\":1}", EMMA, "{\"a\":2}", SHELF, "{\"a\":3}")),
                            projection(6, Map.of(EMMA, "{\"a\":4}")));
        }

        @Test
        void gives_what_was_replayed_even_if_nothing_follows() {
            assertThat(project(5, set(1, UBIK, 0, "a", 1), set(3, EMMA, 0, "a", 2)))
                    .containsExactly(projection(3, Map.of(UBIK, "{\"a\":1}", EMMA, "{\"a\":2}")));
        }

        @Test
        void gives_what_is_known_after_an_action_that_does_not_say_what_it_sets() {
            assertThat(project(1, set(1, UBIK, 0, "a", 1), action(2, UBIK, 1, Patch.everything())))
                    .containsExactly(
                            projection(1, Map.of(UBIK, "{\"a\":1}")), projection(2, Map.of(UBIK, "{\"a\":1}")));
        }

        @Test
        void gives_nothing_for_nothing() {
            assertThat(project(5)).isEmpty();
        }

        @Test
        void loads_an_aggregate_once_if_it_does_not_begin_with_its_first_action() {
            List<Identity> loaded = new ArrayList<>();
            Function<Identity, Document> load = aggregate -> {
                loaded.add(aggregate);
                return document("{\"old\":true}");
            };

            List<Projection> projections = Projection.project(
                            Stream.of(
                                    set(1, UBIK, 0, "a", 1),
                                    set(5, EMMA, 7, "a", 2),
                                    set(6, EMMA, 8, "b", 3),
                                    set(7, UBIK, 1, "b", 3)),
                            5,
                            load)
                    .toList();

            assertThat(loaded).containsExactly(EMMA);
            assertThat(projections)
                    .containsExactly(
                            projection(5, Map.of(UBIK, "{\"a\":1}", EMMA, "{\"a\":2,\"old\":true}")),
                            projection(6, Map.of(EMMA, "{\"a\":2,\"b\":3,\"old\":true}")),
                            projection(7, Map.of(UBIK, "{\"a\":1,\"b\":3}")));
        }

        @Test
        void reads_no_further_than_needed() {
            List<Long> read = new ArrayList<>();
            Stream<RecordedAction> endless = Stream.iterate(1L, number -> number + 1)
                    .peek(read::add)
                    .map(number -> set(number, UBIK, number - 1, "a", number));

            Iterator<Projection> projections =
                    Projection.project(endless, 3, ProjectionTest::unneeded).iterator();

            assertThat(read).isEmpty();
            assertThat(projections.next().sequenceNumber()).isEqualTo(3);
            assertThat(read).containsExactly(1L, 2L, 3L);
            assertThat(projections.next().sequenceNumber()).isEqualTo(4);
            assertThat(read).containsExactly(1L, 2L, 3L, 4L);
        }

        @Test
        void closes_the_actions_when_it_is_closed() {
            boolean[] closed = {false};
            Stream<RecordedAction> actions = Stream.of(set(1, UBIK, 0, "a", 1)).onClose(() -> closed[0] = true);

            try (Stream<Projection> projections = Projection.project(actions, 1, ProjectionTest::unneeded)) {
                assertThat(projections.iterator().hasNext()).isTrue();
                assertThat(closed[0]).isFalse();
            }
            assertThat(closed[0]).isTrue();
        }

        @Test
        void refuses_actions_that_do_not_ascend() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> project(1, set(2, UBIK, 0, "a", 1), set(2, EMMA, 0, "a", 1)))
                    .withMessageContaining("2 comes after 2");
        }
    }

    @Nested
    class Merging {

        @Test
        void keeps_the_newest_state_of_each_aggregate_and_the_last_number() {
            assertThat(Projection.merge(List.of(
                            projection(1, Map.of(UBIK, "{\"a\":1}", EMMA, "{\"a\":1}")),
                            projection(2, Map.of(UBIK, "{\"a\":2}")),
                            projection(3, Map.of(SHELF, "{\"a\":3}")))))
                    .isEqualTo(projection(3, Map.of(UBIK, "{\"a\":2}", EMMA, "{\"a\":1}", SHELF, "{\"a\":3}")));
        }

        @Test
        void takes_them_in_any_order() {
            Projection newer = projection(9, Map.of(UBIK, "{\"a\":9}"));
            Projection older = projection(4, Map.of(UBIK, "{\"a\":4}", EMMA, "{\"a\":4}"));

            assertThat(Projection.merge(List.of(newer, older)))
                    .isEqualTo(projection(9, Map.of(UBIK, "{\"a\":9}", EMMA, "{\"a\":4}")));
        }

        @Test
        void takes_the_later_of_two_with_the_same_number() {
            assertThat(Projection.merge(List.of(
                            projection(4, Map.of(UBIK, "{\"a\":1}")), projection(4, Map.of(UBIK, "{\"a\":2}")))))
                    .isEqualTo(projection(4, Map.of(UBIK, "{\"a\":2}")));
        }

        @Test
        void makes_nothing_of_nothing() {
            assertThat(Projection.merge(List.of())).isEqualTo(projection(0, Map.of()));
        }

        @Test
        void closes_the_stream() {
            boolean[] closed = {false};

            Projection merged = Projection.merge(Stream.<Projection>empty().onClose(() -> closed[0] = true));

            assertThat(merged.states()).isEmpty();
            assertThat(closed[0]).isTrue();
        }
    }

    @Test
    void a_projection_is_immutable_and_well_formed() {
        TreeMap<Identity, Document> states = new TreeMap<>();
        Projection projection = new Projection(1, states);
        states.put(UBIK, Document.empty());

        assertThat(projection.states()).isEmpty();
        assertThatThrownBy(() -> projection.states().put(UBIK, Document.empty()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> new Projection(-1, states)).hasMessageStartingWith("sequenceNumber: ");
    }

    private static List<Projection> project(long start, RecordedAction... actions) {
        return Projection.project(Stream.of(actions), start, ProjectionTest::unneeded)
                .toList();
    }

    private static Document unneeded(Identity aggregate) {
        throw new AssertionError(aggregate + " was loaded");
    }

    private static Projection projection(long number, Map<Identity, String> states) {
        TreeMap<Identity, Document> documents = new TreeMap<>();
        states.forEach((aggregate, json) -> documents.put(aggregate, document(json)));
        return new Projection(number, documents);
    }

    private static Document document(String json) {
        return Document.of((MapValue) Value.parse(json));
    }

    private static RecordedAction set(long number, Identity aggregate, long version, String path, Object value) {
        return action(
                number, aggregate, version, Patch.builder().assoc(path, value).build());
    }

    private static RecordedAction action(long number, Identity aggregate, long version, Patch patch) {
        Action action =
                new Action("update", Identity.of("user", "bob"), aggregate, patch, Collections.emptySortedSet());
        return new RecordedAction(number, version, Instant.EPOCH, "test", action);
    }
}
