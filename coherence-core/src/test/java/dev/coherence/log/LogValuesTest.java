package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.log.CommitResult.Committed;
import dev.coherence.log.CommitResult.Lost;
import dev.coherence.revision.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The values that go in and out of a log. */
class LogValuesTest {

    private static final Identity UBIK = Identity.of("book", "Ubik");
    private static final Identity EMMA = Identity.of("book", "Emma");
    private static final Identity KEY = Identity.of("key", "1");
    private static final SortedSet<Long> NOTHING = Collections.emptySortedSet();

    private static Action action(Identity aggregate, Identity... triggers) {
        Patch patch = Patch.builder().assoc("a", 1).build();
        return new Action("update", Identity.of("user", "bob"), aggregate, patch, new TreeSet<>(Set.of(triggers)));
    }

    @Nested
    class A_scope {

        @Test
        void holds_what_the_changes_need() {
            Scope scope = Scope.of(List.of(action(UBIK, KEY, EMMA), new Effect("x", KEY), action(EMMA)));

            assertThat(scope.aggregates()).containsExactly(EMMA, UBIK);
            assertThat(scope.linked()).containsExactly(EMMA, KEY);
            assertThat(scope.fired()).containsExactly(KEY);
        }

        @Test
        void covers_what_it_was_made_of_and_no_more() {
            Scope scope = Scope.of(List.of(action(UBIK, KEY), new Effect("x", EMMA)));

            assertThat(scope.covers(action(UBIK))).isTrue();
            assertThat(scope.covers(action(UBIK, KEY))).isTrue();
            assertThat(scope.covers(new Effect("y", EMMA))).isTrue();
            assertThat(scope.covers(action(EMMA))).isFalse();
            assertThat(scope.covers(action(UBIK, EMMA))).isFalse();
            assertThat(scope.covers(new Effect("x", KEY))).isFalse();
        }

        @Test
        void is_immutable() {
            SortedSet<Identity> set = new TreeSet<>();
            Scope scope = new Scope(set, set, set);
            set.add(UBIK);

            assertThat(scope).isEqualTo(Scope.of(List.of()));
            assertThatThrownBy(() -> scope.fired().add(UBIK)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Nested
    class A_draft {

        @Test
        void becomes_an_event_with_numbers() {
            Draft acting = new Draft(action(UBIK), Instant.EPOCH, "test", NOTHING);
            Draft firing = new Draft(new Effect("x", KEY), Instant.EPOCH, "test", new TreeSet<>(Set.of(3L)));

            assertThat(acting.recorded(7, 2)).isEqualTo(new RecordedAction(7, 2, Instant.EPOCH, "test", action(UBIK)));
            assertThat(firing.recorded(7, 2))
                    .isEqualTo(new RecordedEffect(7, Instant.EPOCH, "test", new Effect("x", KEY)));
            assertThat(firing.merged()).containsExactly(3L);
        }

        @Test
        void is_refused_if_no_event_could_be_like_it() {
            assertThatThrownBy(() -> new Draft(null, Instant.EPOCH, "test", NOTHING))
                    .hasMessageStartingWith("change: ");
            assertThatThrownBy(() -> new Draft(action(UBIK), Instant.MAX, "test", NOTHING))
                    .hasMessageStartingWith("timestamp: ");
            assertThatThrownBy(() -> new Draft(action(UBIK), Instant.EPOCH, "", NOTHING))
                    .hasMessageStartingWith("source: ");
            assertThatThrownBy(() -> new Draft(action(UBIK), Instant.EPOCH, "test", null))
                    .hasMessageStartingWith("merged: ");
        }

        @Test
        void names_the_paths_of_its_patch() {
            assertThatThrownBy(() -> new Draft(with(Patch.nothing()), Instant.EPOCH, "test", NOTHING))
                    .hasMessage("patch: is empty; it needs at least one entry in assoc or dissoc");
            assertThatThrownBy(() -> new Draft(with(Patch.everything()), Instant.EPOCH, "test", NOTHING))
                    .hasMessageStartingWith("patch: touches everything");
        }

        private static Action with(Patch patch) {
            return new Action("update", Identity.of("user", "bob"), UBIK, patch, new TreeSet<>());
        }
    }

    @Test
    void a_query_selects_what_passes_both_filters() {
        assertThat(query(Set.of(), Set.of()).selects(UBIK)).isTrue();
        assertThat(query(Set.of(UBIK), Set.of()).selects(UBIK)).isTrue();
        assertThat(query(Set.of(UBIK), Set.of()).selects(EMMA)).isFalse();
        assertThat(query(Set.of(), Set.of("book")).selects(UBIK)).isTrue();
        assertThat(query(Set.of(), Set.of("key")).selects(UBIK)).isFalse();
        assertThat(query(Set.of(UBIK), Set.of("key")).selects(UBIK)).isFalse();
        assertThat(query(Set.of(EMMA), Set.of("book")).selects(UBIK)).isFalse();
    }

    @Test
    void a_query_names_only_so_many_aggregates_and_kinds() {
        Set<String> kinds = new TreeSet<>();
        Set<Identity> aggregates = new TreeSet<>();
        for (int i = 0; i < ReadQuery.MAX_FILTERS; i++) {
            kinds.add("k" + i);
            aggregates.add(Identity.of("k", "id" + i));
        }
        assertThat(query(aggregates, kinds).selects(Identity.of("k", "id0"))).isFalse();

        kinds.add("k");
        assertThatThrownBy(() -> query(aggregates, kinds)).hasMessageStartingWith("kinds: ");
        aggregates.add(UBIK);
        assertThatThrownBy(() -> query(aggregates, Set.of())).hasMessageStartingWith("aggregates: ");
    }

    private static ReadQuery query(Set<Identity> aggregates, Set<String> kinds) {
        return new ReadQuery(Revision.at(0), new TreeSet<>(aggregates), new TreeSet<>(kinds));
    }

    @Test
    void a_commit_result_folds_to_its_own() {
        List<CommitResult> results = List.of(new Committed(new ArrayList<>()), new Lost("busy"));

        assertThat(results)
                .extracting(result -> result.<Object>fold(Committed::events, Lost::reason))
                .containsExactly(List.of(), "busy");
    }

    @Test
    void closing_a_reading_closes_its_actions() {
        int[] closed = {0};
        try (Reading reading =
                new Reading(Revision.at(0), Stream.<RecordedAction>empty().onClose(() -> closed[0]++))) {
            assertThat(reading.revision()).isEqualTo(Revision.at(0));
            assertThat(closed[0]).isZero();
        }
        assertThat(closed[0]).isEqualTo(1);
    }
}
