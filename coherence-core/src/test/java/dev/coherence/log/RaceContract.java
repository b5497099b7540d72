package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Change;
import dev.coherence.action.Event;
import dev.coherence.action.RecordedAction;
import dev.coherence.log.CommitResult.Committed;
import dev.coherence.log.EventLog.Transaction;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Two transactions, of which the second begins between the first one's look and its append: it may run to its end
 * meanwhile, or wait for the first one's end, as the log likes.
 */
abstract class RaceContract extends ContractPart {

    private static final long PATIENCE_MILLIS = 300;

    RaceContract(EventLogContract suite) {
        super(suite);
    }

    /** What became of both; empty if it was not appended, because it was told of the other or lost. */
    private record Outcome(Optional<Event> first, Optional<Event> second) {

        boolean both() {
            return first.isPresent() && second.isPresent();
        }

        long firstNumber() {
            return first.orElseThrow().sequenceNumber();
        }

        long secondNumber() {
            return second.orElseThrow().sequenceNumber();
        }
    }

    /** Both believe in the state as it is now. */
    private Outcome race(Change first, Change second) throws Exception {
        Revision base = log.head();
        Outcome outcome;
        try (Transaction transaction = log.begin(Scope.of(List.of(first)))) {
            assertThat(toldOf(transaction, first, base)).isEmpty();
            Future<Optional<Event>> other = Threads.aside(() -> attempt(second, base), PATIENCE_MILLIS);
            Optional<Event> own = committed(transaction.append(List.of(draft(first))));
            outcome = new Outcome(own, Threads.ended(other));
        }
        assertThat(outcome.first.isPresent() || outcome.second.isPresent())
                .as("one of both is stored")
                .isTrue();
        return outcome;
    }

    private Optional<Event> attempt(Change change, Revision base) {
        try (Transaction transaction = log.begin(Scope.of(List.of(change)))) {
            return toldOf(transaction, change, base).isEmpty()
                    ? committed(transaction.append(List.of(draft(change))))
                    : Optional.empty();
        } catch (ConcurrentAppendException e) {
            return Optional.empty();
        }
    }

    private static List<Event> toldOf(Transaction transaction, Change change, Revision base) {
        return change.fold(
                action -> {
                    assertThat(transaction.nextVersion(action.aggregate())).isNotNegative();
                    return transaction.unseen(action.aggregate(), base);
                },
                effect -> List.of());
    }

    private static Optional<Event> committed(CommitResult result) {
        return result instanceof Committed committed
                ? Optional.of(committed.events().get(0))
                : Optional.empty();
    }

    @Test
    void of_two_actions_on_one_aggregate_one_is_stored() throws Exception {
        act(UBIK, "a", 0);

        Outcome outcome = race(action(UBIK, "a", 1), action(UBIK, "b", 2));

        assertThat(outcome.both()).isFalse();
        assertThat(actionsOn(UBIK)).extracting(RecordedAction::version).containsExactly(0L, 1L);
    }

    @Test
    void of_two_first_actions_on_one_aggregate_one_is_stored() throws Exception {
        Outcome outcome = race(action(UBIK, "a", 1), action(UBIK, "b", 2));

        assertThat(outcome.both()).isFalse();
        assertThat(actionsOn(UBIK)).extracting(RecordedAction::version).containsExactly(0L);
    }

    @Test
    void an_action_is_not_stored_behind_an_effect_on_a_linked_trigger_that_it_was_not_told_of() throws Exception {
        act(UBIK, "a", 0, KEY);

        assertActionFirst(race(action(UBIK, "a", 1), effect(KEY)), true);
        assertActionFirst(race(effect(KEY), action(UBIK, "a", 2)), false);
    }

    @Test
    void an_action_is_not_stored_behind_an_effect_on_its_aggregate_that_it_was_not_told_of() throws Exception {
        act(UBIK, "a", 0);

        assertActionFirst(race(action(UBIK, "a", 1), effect(UBIK)), true);
        assertActionFirst(race(effect(UBIK), action(UBIK, "a", 2)), false);
    }

    @Test
    void a_first_action_is_not_stored_behind_an_effect_on_its_aggregate_that_it_was_not_told_of() throws Exception {
        assertActionFirst(race(action(UBIK, "a", 1), effect(UBIK)), true);
        assertActionFirst(race(effect(SHELF), action(SHELF, "a", 2)), false);
    }

    private static void assertActionFirst(Outcome outcome, boolean actionIsFirst) {
        if (outcome.both()) {
            boolean ascending = outcome.firstNumber() < outcome.secondNumber();
            assertThat(ascending).as("the action has the lower number").isEqualTo(actionIsFirst);
        }
    }

    @Test
    void two_effects_on_one_trigger_have_an_order() throws Exception {
        Outcome outcome = race(effect(KEY), effect(KEY));

        List<Long> numbers = log.unseen(KEY, Revision.at(0)).stream()
                .map(Event::sequenceNumber)
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates().hasSize(outcome.both() ? 2 : 1);
    }

    @Test
    void what_has_nothing_in_common_is_stored_both() throws Exception {
        act(UBIK, "a", 0, KEY);
        act(NEUROMANCER, "a", 0, OTHER_KEY);

        assertThat(race(action(UBIK, "a", 1), action(NEUROMANCER, "a", 1)).both())
                .isTrue();
        assertThat(race(action(UBIK, "a", 1), effect(OTHER_KEY)).both()).isTrue();
        assertThat(race(effect(KEY), action(NEUROMANCER, "a", 1)).both()).isTrue();
        assertThat(race(effect(KEY), effect(OTHER_KEY)).both()).isTrue();
    }

    @Test
    void two_actions_that_share_a_trigger_are_stored_both() throws Exception {
        act(UBIK, "a", 0, KEY);
        act(NEUROMANCER, "a", 0, KEY);

        assertThat(race(action(UBIK, "a", 1), action(NEUROMANCER, "a", 1)).both())
                .isTrue();
    }
}
