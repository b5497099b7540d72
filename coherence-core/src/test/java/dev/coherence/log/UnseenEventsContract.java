package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events are changes to an aggregate, and which of them a base does not see. */
abstract class UnseenEventsContract extends ContractPart {

    UnseenEventsContract(EventLogContract suite) {
        super(suite);
    }

    /** As told by the log and by a transaction, which must agree. */
    private List<Event> unseen(Identity aggregate, Revision base) {
        List<Event> unseen = log.unseen(aggregate, base);
        try (var transaction = log.begin(Scope.of(List.of(action(aggregate, "a", 1))))) {
            assertThat(transaction.unseen(aggregate, base)).isEqualTo(unseen);
        }
        return unseen;
    }

    @Test
    void actions_on_the_aggregate_are_changes_to_it() {
        RecordedAction first = act(UBIK, "a", 1);
        act(NEUROMANCER, "a", 1);
        RecordedAction second = act(UBIK, "a", 2);

        assertThat(unseen(UBIK, Revision.at(0))).containsExactly(first, second);
    }

    @Test
    void effects_on_its_own_identity_are_changes_to_it_even_before_its_first_action() {
        RecordedEffect early = fire(UBIK);
        assertThat(unseen(UBIK, Revision.at(0))).containsExactly(early);

        RecordedAction action = act(UBIK, "a", 1);
        RecordedEffect late = fire(UBIK);
        fire(NEUROMANCER);
        assertThat(unseen(UBIK, Revision.at(0))).containsExactly(early, action, late);
    }

    @Test
    void effects_on_linked_triggers_are_changes_to_it() {
        RecordedAction linking = act(UBIK, "a", 1, KEY, OTHER_KEY);
        RecordedEffect second = fire(OTHER_KEY);
        RecordedEffect first = fire(KEY);
        fire(SHELF);

        assertThat(unseen(UBIK, Revision.at(0))).containsExactly(linking, second, first);
        assertThat(unseen(NEUROMANCER, Revision.at(0))).isEmpty();
    }

    @Test
    void a_link_counts_for_effects_before_it_too() {
        RecordedEffect effect = fire(KEY);
        assertThat(unseen(UBIK, Revision.at(0))).isEmpty();

        RecordedAction linking = act(UBIK, "a", 1, KEY);

        assertThat(unseen(UBIK, Revision.at(0))).containsExactly(effect, linking);
    }

    @Test
    void a_link_lasts_whatever_later_actions_say() {
        act(UBIK, "a", 1, KEY);
        RecordedAction later = act(UBIK, "a", 2);
        RecordedEffect effect = fire(KEY);

        assertThat(unseen(UBIK, Revision.at(later.sequenceNumber()))).containsExactly(effect);
    }

    @Test
    void an_effect_is_told_once_however_many_actions_link_to_its_trigger() {
        act(UBIK, "a", 1, KEY, UBIK);
        RecordedAction last = act(UBIK, "a", 2, KEY, UBIK);
        RecordedEffect own = fire(UBIK);
        RecordedEffect effect = fire(KEY);

        assertThat(unseen(UBIK, Revision.at(last.sequenceNumber()))).containsExactly(own, effect);
    }

    @Test
    void an_action_on_a_trigger_that_is_an_aggregate_itself_is_no_change() {
        act(UBIK, "a", 1, SHELF);
        act(SHELF, "a", 1);

        assertThat(unseen(UBIK, Revision.at(0))).hasSize(1);
        assertThat(unseen(SHELF, Revision.at(0))).hasSize(1);
    }

    @Test
    void a_position_is_inclusive() {
        List<Event> events = append(action(UBIK, "a", 1, KEY), effect(KEY), action(UBIK, "a", 2), effect(UBIK));

        for (int seen = 0; seen < events.size(); seen++) {
            Revision base = Revision.at(events.get(seen).sequenceNumber());
            assertThat(unseen(UBIK, base)).isEqualTo(events.subList(seen + 1, events.size()));
        }
    }

    @Test
    void a_version_decides_about_actions_and_the_position_about_effects() {
        List<Event> events = append(action(UBIK, "a", 1, KEY), effect(KEY), action(UBIK, "a", 2), effect(KEY));
        long firstEffect = events.get(1).sequenceNumber();
        long secondEffect = events.get(3).sequenceNumber();

        assertThat(unseen(UBIK, Revision.ofVersion(0))).containsExactly(events.get(2));
        assertThat(unseen(UBIK, Revision.ofVersion(1))).isEmpty();
        assertThat(unseen(UBIK, Revision.of(0, firstEffect))).containsExactly(events.get(2), events.get(3));
        assertThat(unseen(UBIK, Revision.of(0, secondEffect))).containsExactly(events.get(2));
        assertThat(unseen(UBIK, Revision.of(1, 0))).containsExactly(events.get(1), events.get(3));
    }

    @Test
    void numbers_below_the_position_may_be_unseen() {
        List<Event> events =
                append(action(UBIK, "a", 1, KEY), effect(KEY), action(UBIK, "a", 2), effect(KEY), action(UBIK, "a", 3));
        long second = events.get(1).sequenceNumber();
        long third = events.get(2).sequenceNumber();
        Revision base = Revision.at(events.get(4).sequenceNumber()).withUnseen(List.of(new NumberRange(second, third)));

        assertThat(unseen(UBIK, base)).containsExactly(events.get(1), events.get(2));
        assertThat(unseen(UBIK, base.withVersion(2))).containsExactly(events.get(1));
    }

    @Test
    void a_base_beyond_the_end_sees_everything() {
        append(action(UBIK, "a", 1), effect(UBIK));

        assertThat(unseen(UBIK, Revision.at(Long.MAX_VALUE))).isEmpty();
        assertThat(unseen(UBIK, Revision.of(Long.MAX_VALUE, Long.MAX_VALUE))).isEmpty();
    }
}
