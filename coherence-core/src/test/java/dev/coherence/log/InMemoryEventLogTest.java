package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.log.CommitResult.Committed;
import dev.coherence.log.CommitResult.Lost;
import dev.coherence.log.EventLog.Transaction;
import dev.coherence.revision.Revision;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryEventLogTest extends EventLogContract {

    @Override
    protected EventLog openEmptyLog() {
        return new InMemoryEventLog();
    }

    /** What this log promises beyond the port. */
    @Nested
    class Of_its_own {

        private static final Identity UBIK = Identity.of("book", "Ubik");
        private static final Identity KEY = Identity.of("key", "1");

        private final InMemoryEventLog log = new InMemoryEventLog();

        private final Draft action = draft(action(Collections.emptySortedSet()));
        private final Draft linking = draft(action(new TreeSet<>(List.of(KEY))));
        private final Draft effect = draft(new Effect("x", KEY));

        private static Action action(SortedSet<Identity> triggers) {
            Patch patch = Patch.builder().assoc("a", 1).build();
            return new Action("update", Identity.of("user", "bob"), UBIK, patch, triggers);
        }

        private static Draft draft(Change change) {
            return new Draft(change, Instant.EPOCH, "test", Collections.emptySortedSet());
        }

        private CommitResult append(Draft... drafts) {
            try (Transaction transaction = begin(drafts)) {
                return transaction.append(List.of(drafts));
            }
        }

        private Transaction begin(Draft... drafts) {
            return log.begin(Scope.of(Stream.of(drafts).map(Draft::change).toList()));
        }

        @Test
        void numbers_count_from_1_without_gaps_even_after_lost_appends() {
            Transaction losing = begin(effect, action);
            append(action);
            assertThat(losing.append(List.of(effect, action))).isInstanceOf(Lost.class);
            append(effect, action);

            assertThat(log.head()).isEqualTo(Revision.at(3));
            assertThat(log.unseen(UBIK, Revision.at(0)))
                    .extracting(Event::sequenceNumber)
                    .containsExactly(1L, 3L);
        }

        @Test
        void a_transaction_sees_the_log_as_it_was_when_it_began() {
            append(action);
            try (Transaction transaction = begin(effect)) {
                append(action);

                assertThat(transaction.nextSequenceNumber()).isEqualTo(2);
                assertThat(transaction.nextVersion(UBIK)).isEqualTo(1);
                assertThat(transaction.unseen(UBIK, Revision.at(0))).hasSize(1);
                assertThat(transaction.existing(List.of(1L, 2L))).containsExactly(1L);
                try (Stream<RecordedAction> actions = transaction.actions(UBIK)) {
                    assertThat(actions.toList()).hasSize(1);
                }
            }
        }

        @Test
        void a_transaction_sees_no_link_that_was_made_later() {
            append(effect);
            try (Transaction transaction = begin(effect)) {
                append(linking);

                assertThat(transaction.unseen(UBIK, Revision.at(0))).isEmpty();
                assertThat(log.unseen(UBIK, Revision.at(0))).hasSize(2);
            }
        }

        @Test
        void effects_are_appended_whatever_came_meanwhile() {
            try (Transaction transaction = begin(effect)) {
                append(action, effect);

                assertThat(transaction.append(List.of(effect))).isInstanceOf(Committed.class);
            }
            assertThat(log.head()).isEqualTo(Revision.at(3));
        }

        @Test
        void a_reading_delivers_what_was_there_when_it_was_opened() {
            append(action);
            try (Reading reading = log.read(
                    new ReadQuery(Revision.at(0), Collections.emptySortedSet(), Collections.emptySortedSet()))) {
                append(action);

                assertThat(reading.actions().toList()).hasSize(1);
                assertThat(reading.revision()).isEqualTo(Revision.at(1));
            }
        }
    }
}
