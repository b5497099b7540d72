package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Change;
import dev.coherence.action.Event;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The revision of an acceptance covers the base, the resolved events that exist, and ours; nothing else. */
abstract class AcceptedRevisionContract extends ContractPart {

    AcceptedRevisionContract(EventLogContract suite) {
        super(suite);
    }

    private RebaseBuilder merge(Revision base, Change... history) {
        return rebase(base, history).policy(ConflictPolicy.MERGE);
    }

    private static List<Long> numbers(Accepted result, Event... others) {
        List<Long> numbers = new ArrayList<>(
                result.events().stream().map(Event::sequenceNumber).toList());
        for (Event other : others) {
            numbers.add(other.sequenceNumber());
        }
        return numbers;
    }

    @Test
    void it_covers_ours_but_not_what_happened_elsewhere() {
        act(UBIK, "a", 1);
        Revision base = log.head();
        act(NEUROMANCER, "a", 1);

        Accepted result =
                accepted(merge(base, action(UBIK, "a", 2), effect(KEY)).execute());

        assertThat(result.revision()).isEqualTo(base.plusSeen(numbers(result)));
        assertThat(coherence.conflicts(result.revision(), NEUROMANCER)).hasSize(1);
        assertThat(coherence.conflicts(result.revision(), UBIK)).isEmpty();
    }

    @Test
    void it_covers_resolved_events_but_not_merged_ones() {
        RecordedAction resolved = act(UBIK, "a", 1);
        RecordedAction merged = act(UBIK, "b", 1);

        Accepted result = accepted(merge(Revision.at(0), action(UBIK, "a", 2))
                .resolved(resolved.sequenceNumber())
                .execute());

        assertThat(result.revision()).isEqualTo(Revision.at(0).plusSeen(numbers(result, resolved)));
        assertThat(coherence.conflicts(result.revision(), UBIK)).containsExactly(merged);
    }

    @Test
    void resolved_numbers_of_other_aggregates_are_covered_and_those_of_no_event_are_not() {
        RecordedAction elsewhere = act(NEUROMANCER, "a", 1);
        long beyond = elsewhere.sequenceNumber() + 10_000;

        Accepted result = accepted(merge(Revision.at(0), action(UBIK, "a", 2))
                .resolved(elsewhere.sequenceNumber(), beyond)
                .execute());

        assertThat(result.revision()).isEqualTo(Revision.at(0).plusSeen(numbers(result, elsewhere)));
        assertThat(result.revision().seesNumber(beyond)).isFalse();
    }

    @Test
    void what_the_base_had_not_seen_stays_unseen() {
        RecordedAction missed = act(NEUROMANCER, "a", 1);
        act(UBIK, "a", 1);
        long number = missed.sequenceNumber();
        Revision base = log.head().withUnseen(List.of(new NumberRange(number, number)));

        Accepted result = accepted(merge(base, action(UBIK, "a", 2)).execute());

        assertThat(result.revision()).isEqualTo(base.plusSeen(numbers(result)));
        assertThat(result.revision().seesNumber(number)).isFalse();
    }

    @Test
    void a_version_rises_to_the_last_one() {
        act(UBIK, "a", 1);

        Accepted result = accepted(merge(Revision.ofVersion(0), action(UBIK, "a", 2), action(UBIK, "a", 3))
                .execute());

        assertThat(result.revision()).isEqualTo(Revision.ofVersion(2));
    }

    @Test
    void a_version_rises_over_resolved_actions_and_the_position_covers_them() {
        RecordedAction seen = act(UBIK, "a", 1);
        act(NEUROMANCER, "a", 1);
        RecordedAction resolved = act(UBIK, "a", 2);
        RecordedEffect effect = fire(UBIK);
        Revision base = Revision.of(0, seen.sequenceNumber());

        Accepted result = accepted(merge(base, action(UBIK, "a", 3))
                .resolved(resolved.sequenceNumber(), effect.sequenceNumber())
                .execute());

        assertThat(result.revision())
                .isEqualTo(base.plusSeen(numbers(result, resolved, effect)).withVersion(2));
    }

    @Test
    void a_version_gives_way_to_a_position_when_something_was_merged_unseen() {
        act(NEUROMANCER, "a", 1);
        RecordedAction seen = act(UBIK, "a", 1);
        RecordedAction merged = act(UBIK, "b", 1);
        RecordedEffect effect = fire(KEY);

        Accepted withoutPosition =
                accepted(merge(Revision.ofVersion(0), action(UBIK, "c", 1)).execute());
        assertThat(withoutPosition.revision()).isEqualTo(Revision.at(0).plusSeen(numbers(withoutPosition, seen)));
        assertThat(coherence.conflicts(withoutPosition.revision(), UBIK)).containsExactly(merged);

        Revision stale = Revision.of(0, effect.sequenceNumber());
        Accepted withPosition = accepted(merge(stale, action(UBIK, "d", 1)).execute());
        Event own = withoutPosition.events().get(0);
        assertThat(withPosition.revision()).isEqualTo(Revision.at(0).plusSeen(numbers(withPosition, seen)));
        assertThat(coherence.conflicts(withPosition.revision(), UBIK)).containsExactly(merged, own);
        assertThat(coherence.conflicts(withPosition.revision(), NEUROMANCER))
                .as("a base with a version says nothing of other aggregates")
                .hasSize(1);
    }

    @Test
    void an_effect_alone_leaves_the_version_as_it_was() {
        RecordedAction action = act(UBIK, "a", 1);

        assertThat(accepted(merge(Revision.ofVersion(7), effect(KEY)).execute()).revision())
                .isEqualTo(Revision.ofVersion(7));
        Revision base = Revision.of(0, action.sequenceNumber());
        Accepted result = accepted(merge(base, effect(KEY)).execute());
        assertThat(result.revision()).isEqualTo(base.plusSeen(numbers(result)));
    }

    @Test
    void it_serves_as_the_next_base() {
        Revision base = Revision.at(0);
        for (int i = 0; i < 5; i++) {
            act(NEUROMANCER, "a", i);
            base = accepted(merge(base, action(UBIK, "a", i), effect(UBIK)).execute())
                    .revision();
        }
        assertThat(log.nextVersion(UBIK)).isEqualTo(5);
        assertThat(coherence.conflicts(base, UBIK)).isEmpty();
        assertThat(coherence.conflicts(base, NEUROMANCER)).hasSize(5);
    }

    @Test
    void in_a_dry_run_it_does_not_cover_numbers_that_may_become_those_of_others() {
        RecordedAction resolved = act(UBIK, "a", 1);
        act(NEUROMANCER, "a", 1);

        Accepted result = accepted(merge(Revision.at(0), action(UBIK, "a", 2))
                .resolved(resolved.sequenceNumber())
                .dryRun()
                .execute());

        assertThat(result.revision()).isEqualTo(Revision.at(0).plusSeen(List.of(resolved.sequenceNumber())));
    }
}
