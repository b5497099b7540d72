package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which actions a query delivers, and what the revision of a reading says. */
abstract class ReadingContract extends ContractPart {

    ReadingContract(EventLogContract suite) {
        super(suite);
    }

    private static Revision at(Event event) {
        return Revision.at(event.sequenceNumber());
    }

    @Test
    void it_delivers_the_actions_after_a_position_in_order() {
        RecordedAction first = act(UBIK, "a", 1);
        RecordedAction second = act(NEUROMANCER, "a", 1);
        fire(SHELF);
        RecordedAction third = act(UBIK, "a", 2);

        assertThat(read(Revision.at(0))).containsExactly(first, second, third);
        assertThat(read(at(first))).containsExactly(second, third);
        assertThat(read(at(third))).isEmpty();
        assertThat(read(Revision.at(third.sequenceNumber() + 1_000))).isEmpty();
    }

    @Test
    void it_delivers_actions_below_the_position_that_were_not_seen() {
        RecordedAction first = act(UBIK, "a", 1);
        RecordedAction second = act(NEUROMANCER, "a", 1);
        RecordedAction third = act(UBIK, "a", 2);
        long missed = second.sequenceNumber();

        assertThat(read(at(third).withUnseen(List.of(new NumberRange(missed, missed)))))
                .containsExactly(second);
        assertThat(read(Revision.at(0).plusSeen(List.of(second.sequenceNumber()))))
                .containsExactly(first, third);
    }

    @Test
    void an_effect_on_a_trigger_brings_back_all_actions_of_the_aggregates_linked_before_it() {
        RecordedAction linking = act(UBIK, "a", 1, KEY);
        RecordedAction other = act(NEUROMANCER, "a", 1, OTHER_KEY);
        RecordedAction seen = act(UBIK, "a", 2);
        fire(KEY);
        RecordedAction linkedLater = act(SHELF, "a", 1, KEY);

        assertThat(read(at(seen))).containsExactly(linking, seen, linkedLater);
        assertThat(read(at(linkedLater))).isEmpty();
        assertThat(read(at(other))).containsExactly(linking, seen, linkedLater);
    }

    @Test
    void a_link_made_after_the_effect_brings_nothing_back() {
        act(UBIK, "a", 1);
        RecordedAction seen = act(UBIK, "a", 2);
        Event effect = fire(KEY);
        RecordedAction linking = act(UBIK, "a", 3, KEY);

        assertThat(read(at(seen))).containsExactly(linking);
        assertThat(read(at(effect))).containsExactly(linking);
        assertThat(read(at(linking))).isEmpty();
    }

    @Test
    void a_link_that_is_made_again_counts_from_its_first_action_on() {
        RecordedAction linking = act(UBIK, "a", 1, KEY);
        fire(KEY);
        RecordedAction again = act(UBIK, "a", 2, KEY);

        assertThat(read(at(linking))).containsExactly(linking, again);
    }

    @Test
    void an_effect_on_an_aggregate_itself_brings_back_all_its_actions() {
        RecordedAction first = act(UBIK, "a", 1);
        RecordedAction second = act(NEUROMANCER, "a", 1);
        fire(UBIK);

        assertThat(read(at(second))).containsExactly(first);
    }

    @Test
    void an_action_is_delivered_once_however_many_effects_affect_its_aggregate() {
        RecordedAction linking = act(UBIK, "a", 1, KEY, OTHER_KEY);
        append(effect(KEY), effect(OTHER_KEY), effect(UBIK), effect(KEY));
        RecordedAction last = act(UBIK, "a", 2, KEY);

        assertThat(read(Revision.at(0))).containsExactly(linking, last);
        assertThat(read(at(linking))).containsExactly(linking, last);
    }

    @Test
    void effects_below_the_position_that_were_not_seen_bring_actions_back() {
        RecordedAction linking = act(UBIK, "a", 1, KEY);
        long effect = fire(KEY).sequenceNumber();
        RecordedAction last = act(NEUROMANCER, "a", 1);

        assertThat(read(at(last).withUnseen(List.of(new NumberRange(effect, effect)))))
                .containsExactly(linking);
    }

    @Test
    void it_can_be_limited_to_aggregates_and_kinds() {
        RecordedAction ubik = act(UBIK, "a", 1, KEY);
        RecordedAction neuromancer = act(NEUROMANCER, "a", 1);
        RecordedAction shelf = act(SHELF, "a", 1, KEY);
        act(Identity.of("shelf", "Ubik"), "a", 1);
        fire(KEY);

        assertThat(read(0, List.of(UBIK, SHELF), List.of())).containsExactly(ubik, shelf);
        assertThat(read(0, List.of(NEUROMANCER, UBIK), List.of())).containsExactly(ubik, neuromancer);
        assertThat(read(0, List.of(), List.of("book"))).containsExactly(ubik, neuromancer);
        assertThat(read(0, List.of(UBIK, SHELF), List.of("shelf"))).containsExactly(shelf);
        assertThat(read(0, List.of(UBIK), List.of("shelf", "x"))).isEmpty();
        assertThat(read(0, List.of(NEUROMANCER, SHELF), List.of("shelf", "book")))
                .containsExactly(neuromancer, shelf);
        assertThat(read(coherence.sequenceNumber() - 1, List.of(), List.of("shelf")))
                .containsExactly(shelf);
        assertThat(read(coherence.sequenceNumber() - 1, List.of(NEUROMANCER), List.of()))
                .isEmpty();
        assertThat(read(coherence.sequenceNumber() - 1, List.of(UBIK, NEUROMANCER), List.of()))
                .containsExactly(ubik);
    }

    private List<RecordedAction> read(long after, List<Identity> aggregates, List<String> kinds) {
        try (Stream<RecordedAction> actions =
                coherence.read().after(after).aggregates(aggregates).kinds(kinds).stream()) {
            return actions.toList();
        }
    }

    @Test
    void a_version_decides_about_the_actions_of_its_aggregate() {
        RecordedAction first = act(UBIK, "a", 1);
        RecordedAction second = act(UBIK, "a", 2);
        fire(UBIK);

        assertThat(readUbik(Revision.ofVersion(0))).containsExactly(second);
        assertThat(readUbik(Revision.ofVersion(1))).isEmpty();
        assertThat(readUbik(Revision.of(0, log.head().position().orElseThrow())))
                .containsExactly(second);
        assertThat(readUbik(Revision.of(1, second.sequenceNumber()))).containsExactly(first, second);
    }

    private List<RecordedAction> readUbik(Revision after) {
        try (Reading reading = log.read(new ReadQuery(after, new TreeSet<>(Set.of(UBIK)), new TreeSet<>()))) {
            return reading.actions().toList();
        }
    }

    @Test
    void its_revision_covers_everything_visible_and_reading_after_it_goes_on_exactly_there() {
        append(action(UBIK, "a", 1, KEY), action(NEUROMANCER, "a", 1), effect(KEY));
        Revision revision;
        try (Reading reading = coherence.read().kinds("book").open()) {
            revision = reading.revision();
            assertThat(revision).isEqualTo(log.head());
            assertThat(reading.actions()).hasSize(2);
        }

        assertThat(read(revision)).isEmpty();
        RecordedAction next = act(NEUROMANCER, "a", 2);
        assertThat(read(revision)).containsExactly(next);
    }

    @Test
    void the_history_of_an_aggregate_is_all_its_actions_with_a_revision_that_has_no_version() {
        RecordedAction first = act(UBIK, "a", 1, KEY);
        act(NEUROMANCER, "a", 1);
        fire(KEY);
        RecordedAction second = act(UBIK, "a", 2);

        try (Reading history = log.history(UBIK)) {
            assertThat(history.revision()).isEqualTo(log.head());
            assertThat(history.actions().toList()).containsExactly(first, second);
        }
        try (Reading history = log.history(SHELF)) {
            assertThat(history.actions().toList()).isEmpty();
        }
    }

    @Test
    void many_actions_are_delivered_in_order() {
        List<Event> stored = new ArrayList<>();
        for (int batch = 0; batch < 15; batch++) {
            stored.addAll(append(Stream.iterate(0, i -> i + 1)
                    .limit(100)
                    .map(i -> draft(action(Identity.of("n", "n" + i % 37), "a", i, KEY)))
                    .toList()));
        }
        fire(KEY);

        assertThat(read(Revision.at(0)).equals(stored)).isTrue();
        assertThat(read(Revision.at(coherence.sequenceNumber() - 1)).equals(stored))
                .isTrue();
    }

    @Test
    void it_need_not_be_read_to_the_end() {
        append(action(UBIK, "a", 1), action(UBIK, "a", 2));

        try (Reading reading = coherence.read().open()) {
            assertThat(reading.actions().iterator().next().version()).isZero();
        }
        assertThat(act(UBIK, "a", 3).version()).isEqualTo(2);
    }
}
