package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.coherence.action.Change;
import dev.coherence.action.Event;
import dev.coherence.action.RecordedAction;
import dev.coherence.log.CommitResult.Committed;
import dev.coherence.log.EventLog.Transaction;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How a transaction begins, what it answers, and how it ends. */
abstract class TransactionContract extends ContractPart {

    TransactionContract(EventLogContract suite) {
        super(suite);
    }

    private static Scope scope(Change... changes) {
        return Scope.of(List.of(changes));
    }

    @Test
    void it_answers_like_the_log() {
        append(action(UBIK, "a", 1, KEY), effect(KEY), action(UBIK, "a", 2), action(NEUROMANCER, "a", 1));

        try (Transaction transaction = log.begin(scope(action(UBIK, "a", 3)))) {
            assertThat(transaction.nextSequenceNumber()).isEqualTo(coherence.sequenceNumber() + 1);
            assertThat(transaction.nextVersion(UBIK)).isEqualTo(2);
            assertThat(transaction.nextVersion(SHELF)).isZero();
            assertThat(transaction.unseen(UBIK, Revision.at(0))).isEqualTo(log.unseen(UBIK, Revision.at(0)));
            assertThat(transaction.unseen(NEUROMANCER, Revision.at(0))).hasSize(1);
        }
    }

    @Test
    void on_an_empty_log_the_next_number_is_1() {
        try (Transaction transaction = log.begin(scope(action(UBIK, "a", 3)))) {
            assertThat(transaction.nextSequenceNumber()).isEqualTo(1);
        }
    }

    @Test
    void it_tells_which_numbers_name_events() {
        List<Event> events = append(action(UBIK, "a", 1), effect(KEY), effect(OTHER_KEY));
        long first = events.get(0).sequenceNumber();
        long second = events.get(1).sequenceNumber();
        long beyond = events.get(2).sequenceNumber() + 1_000;

        try (Transaction transaction = log.begin(scope(action(NEUROMANCER, "a", 1)))) {
            assertThat(transaction.existing(List.of(second, beyond, first, second)))
                    .containsExactly(first, second);
            assertThat(transaction.existing(List.of(beyond, Long.MAX_VALUE))).isEmpty();
            assertThat(transaction.existing(List.of())).isEmpty();
        }
    }

    @Test
    void it_tells_of_thousands_of_numbers_which_name_events() {
        RecordedAction action = act(UBIK, "a", 1);
        List<Long> numbers = Stream.iterate(1L, number -> number + 1)
                .limit(action.sequenceNumber() + 10_000)
                .toList();

        try (Transaction transaction = log.begin(scope(action(NEUROMANCER, "a", 1)))) {
            assertThat(transaction.existing(numbers)).containsExactly(action.sequenceNumber());
        }
    }

    @Test
    void closed_without_an_append_it_leaves_nothing() {
        List<Object> before = everything();

        Transaction transaction = log.begin(scope(action(UBIK, "a", 1), effect(KEY)));
        assertThat(transaction.nextVersion(UBIK)).isZero();
        transaction.close();
        transaction.close();

        assertThat(everything()).isEqualTo(before);
        assertThat(act(UBIK, "a", 1).version()).isZero();
    }

    @Test
    void it_ends_with_its_append() {
        try (Transaction transaction = log.begin(scope(action(UBIK, "a", 1)))) {
            assertThat(transaction.append(List.of(draft(action(UBIK, "a", 1))))).isInstanceOf(Committed.class);
            assertEnded(transaction);
        }
        assertThat(actionsOn(UBIK)).hasSize(1);
    }

    @Test
    void it_ends_with_its_close() {
        Transaction transaction = log.begin(scope(action(UBIK, "a", 1)));
        transaction.close();

        assertEnded(transaction);
        assertThat(actionsOn(UBIK)).isEmpty();
    }

    private static void assertEnded(Transaction transaction) {
        assertThatIllegalStateException().isThrownBy(transaction::nextSequenceNumber);
        assertThatIllegalStateException().isThrownBy(() -> transaction.nextVersion(UBIK));
        assertThatIllegalStateException().isThrownBy(() -> transaction.unseen(UBIK, Revision.at(0)));
        assertThatIllegalStateException().isThrownBy(() -> transaction.existing(List.of(1L)));
        assertThatIllegalStateException()
                .isThrownBy(() -> transaction.actions(UBIK).close());
        assertThatIllegalStateException().isThrownBy(() -> transaction.append(List.of(draft(action(UBIK, "a", 2)))));
    }

    @Test
    void it_refuses_to_append_nothing() {
        try (Transaction transaction = log.begin(scope(action(UBIK, "a", 1)))) {
            assertThatIllegalArgumentException().isThrownBy(() -> transaction.append(List.of()));
        }
    }

    @Test
    void it_refuses_what_is_outside_its_scope_and_stores_nothing() {
        List<Object> before = everything();
        for (Change outside : List.of(
                action(NEUROMANCER, "a", 1), action(UBIK, "a", 1, OTHER_KEY), effect(OTHER_KEY), effect(UBIK))) {
            try (Transaction transaction = log.begin(scope(action(UBIK, "a", 1, KEY), effect(KEY)))) {
                assertThatIllegalArgumentException()
                        .as("%s", outside)
                        .isThrownBy(
                                () -> transaction.append(List.of(draft(action(UBIK, "a", 1, KEY)), draft(outside))));
            }
            assertThat(everything()).as("%s", outside).isEqualTo(before);
        }
    }

    @Test
    void it_may_append_less_than_its_scope() {
        try (Transaction transaction = log.begin(scope(action(UBIK, "a", 1, KEY), effect(OTHER_KEY)))) {
            assertThat(transaction.append(List.of(draft(action(UBIK, "a", 1))))).isInstanceOf(Committed.class);
        }
        assertThat(log.unseen(UBIK, Revision.at(0))).hasSize(1);
    }

    @Test
    void it_gives_its_actions_in_order() {
        for (int i = 0; i < 250; i++) {
            append(action(UBIK, "a", i), action(NEUROMANCER, "a", i));
        }

        assertThat(actionsOn(UBIK))
                .extracting(RecordedAction::version)
                .isSorted()
                .hasSize(250);
        assertThat(actionsOn(UBIK))
                .allMatch(action -> action.action().aggregate().equals(UBIK));
    }

    @Test
    void its_actions_need_not_be_read_to_the_end() {
        append(action(UBIK, "a", 1), action(UBIK, "a", 2));

        try (Transaction transaction = log.begin(scope(action(UBIK, "a", 3)))) {
            try (Stream<RecordedAction> actions = transaction.actions(UBIK)) {
                assertThat(actions.findFirst()).isPresent();
            }
            assertThat(transaction.append(List.of(draft(action(UBIK, "a", 3))))).isInstanceOf(Committed.class);
        }
    }
}
