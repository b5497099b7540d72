package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.coherence.action.Change;
import dev.coherence.action.Event;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.conflict.Conflict;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.revision.Revision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories of several events, on several aggregates and triggers. */
abstract class HistoryContract extends ContractPart {

    HistoryContract(EventLogContract suite) {
        super(suite);
    }

    @Test
    void a_link_first_made_by_the_history_itself_makes_no_conflict() {
        RecordedAction seen = act(UBIK, "a", 1);
        fire(KEY);

        accepted(rebase(Revision.at(seen.sequenceNumber()), action(UBIK, "a", 2, KEY), action(UBIK, "a", 3, KEY))
                .execute());
    }

    @Test
    void earlier_events_of_the_history_are_no_conflicts() {
        act(UBIK, "a", 1, KEY);

        Accepted result =
                accepted(rebase(log.head(), action(UBIK, "a", 2), effect(KEY), effect(UBIK), action(UBIK, "a", 3))
                        .execute());

        assertThat(result.events()).hasSize(4);
    }

    @Test
    void effects_of_ours_conflict_with_nothing() {
        act(KEY, "a", 1);
        fire(KEY);

        accepted(rebase(Revision.at(0), effect(KEY)).execute());
        assertThat(log.unseen(KEY, Revision.at(0))).hasSize(3);
    }

    @Test
    void all_conflicts_of_the_whole_history_are_told() {
        RecordedAction ubik = act(UBIK, "a", 1);
        RecordedAction neuromancer = act(NEUROMANCER, "a", 1, KEY);
        RecordedEffect effect = fire(KEY);
        Change[] history = {
            effect(KEY),
            action(SHELF, "a", 2),
            action(NEUROMANCER, "a", 2),
            action(SHELF, "a", 3),
            action(UBIK, "a", 2),
            action(NEUROMANCER, "a", 3)
        };

        Conflicting result = conflicting(rebase(Revision.at(0), history).execute());

        assertThat(result.conflicts())
                .extracting(conflict -> conflict.ours().action(), Conflict::theirs)
                .containsExactly(
                        tuple(history[2], neuromancer),
                        tuple(history[2], effect),
                        tuple(history[4], ubik),
                        tuple(history[5], neuromancer),
                        tuple(history[5], effect));
        assertThat(result.accepted()).extracting(Event::change).containsExactly(history[0], history[1]);
    }

    @Test
    void provisional_numbers_count_on_from_the_last_visible_event() {
        act(UBIK, "a", 1);
        long next = coherence.sequenceNumber() + 1;

        Conflicting result = conflicting(
                rebase(Revision.at(0), effect(KEY), action(SHELF, "a", 1), action(SHELF, "a", 2), action(UBIK, "a", 2))
                        .execute());

        assertThat(result.accepted()).extracting(Event::sequenceNumber).containsExactly(next, next + 1, next + 2);
        assertThat(result.accepted().get(2)).extracting("version").isEqualTo(1L);
        assertThat(result.conflicts().get(0).ours())
                .extracting("sequenceNumber")
                .isEqualTo(next + 3);
        assertThat(result.conflicts().get(0).ours().version()).isEqualTo(1);
    }

    @Test
    void a_history_over_several_aggregates_is_stored_whole_or_not_at_all() {
        RecordedAction theirs = act(UBIK, "a", 1);
        List<Object> before = everything();
        RebaseBuilder ours = rebase(
                Revision.at(0),
                action(NEUROMANCER, "a", 1, KEY),
                effect(OTHER_KEY),
                action(SHELF, "a", 1),
                action(UBIK, "a", 2));

        conflicting(ours.execute());
        assertThat(everything()).isEqualTo(before);

        Accepted result = accepted(ours.resolved(theirs.sequenceNumber()).execute());
        assertThat(result.events()).extracting(Event::sequenceNumber).isSorted();
        assertThat(log.nextVersion(NEUROMANCER)).isEqualTo(1);
        assertThat(log.nextVersion(SHELF)).isEqualTo(1);
        assertThat(log.nextVersion(UBIK)).isEqualTo(2);
        assertThat(log.unseen(OTHER_KEY, Revision.at(0)))
                .containsExactly(result.events().get(1));
    }
}
