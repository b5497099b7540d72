package dev.coherence.rebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Event;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.encryption.Encryption;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.log.Draft;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.rebase.RebaseResult.InvalidBase;
import dev.coherence.rebase.RebaseResult.WriteConflict;
import dev.coherence.revision.Revision;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the algorithm uses its log; what comes out of it is in the contract of event logs. */
class RebaseTest {

    private final SpyLog log = new SpyLog();

    @BeforeEach
    void store() {
        assertThat(rebase(Revision.at(0), "Ubik", "genre", "SF").execute()).isInstanceOf(Accepted.class);
        assertThat(rebase(Revision.at(1), "Ubik", "genre", "Noir").execute()).isInstanceOf(Accepted.class);
        log.calls.clear();
        log.drafts.clear();
    }

    private RebaseBuilder rebase(Revision base, String id, String path, Object value) {
        return and(
                new RebaseBuilder(log, base, "test", ConflictPolicy.STRICT, Clock.systemUTC(), Encryption.none()),
                id,
                path,
                value);
    }

    private static RebaseBuilder and(RebaseBuilder rebase, String id, String path, Object value) {
        return rebase.action(action -> action.reason("update")
                .actor("user", "bob")
                .aggregate("book", id)
                .assoc(path, value));
    }

    @Nested
    class What_it_asks {

        @Test
        void for_each_version_first_then_for_the_rest() {
            and(rebase(Revision.at(2), "Ubik", "genre", "x"), "Emma", "genre", "x")
                    .execute();

            assertThat(log.calls)
                    .containsExactly(
                            "begin",
                            "nextVersion book:Emma",
                            "nextVersion book:Ubik",
                            "nextSequenceNumber",
                            "unseen book:Ubik",
                            "unseen book:Emma",
                            "existing",
                            "append",
                            "close");
        }

        @Test
        void for_unseen_events_once_per_aggregate_and_for_the_base_only_to_tell_of_a_dispute() {
            RebaseBuilder ours = rebase(Revision.at(1), "Ubik", "price", 1).policy(ConflictPolicy.MERGE);
            assertThat(and(ours, "Ubik", "price", 2).dryRun().execute()).isInstanceOf(Accepted.class);
            assertThat(log.calls)
                    .containsExactly(
                            "begin",
                            "nextVersion book:Ubik",
                            "nextSequenceNumber",
                            "unseen book:Ubik",
                            "existing",
                            "close");
        }

        @Test
        void for_the_base_once_per_aggregate() {
            assertThat(and(rebase(Revision.at(1), "Ubik", "genre", 1), "Ubik", "genre", 2)
                            .execute())
                    .isInstanceOf(Conflicting.class);

            assertThat(log.calls)
                    .containsExactly(
                            "begin",
                            "nextVersion book:Ubik",
                            "nextSequenceNumber",
                            "unseen book:Ubik",
                            "actions book:Ubik",
                            "actions closed",
                            "close");
        }

        @Test
        void nothing_more_if_the_base_is_invalid() {
            assertThat(rebase(Revision.at(3), "Ubik", "genre", 1).execute()).isEqualTo(new InvalidBase(3));
            assertThat(log.calls).containsExactly("begin", "nextVersion book:Ubik", "nextSequenceNumber", "close");
        }
    }

    @Test
    void it_notes_what_was_merged_beside_the_action_that_it_was_merged_for() {
        RebaseBuilder ours = rebase(Revision.at(0), "Ubik", "price", 1).policy(ConflictPolicy.MERGE);
        and(ours, "Emma", "price", 1).resolved(1).execute();

        assertThat(log.drafts)
                .extracting(Draft::merged)
                .extracting(List::copyOf)
                .containsExactly(List.of(2L), List.of());
    }

    @Nested
    class When_the_log_fails {

        @ParameterizedTest
        @ValueSource(strings = {"begin", "nextVersion", "nextSequenceNumber", "unseen", "existing"})
        void a_transaction_given_up_for_another_one_is_a_write_conflict(String call) {
            log.fail(call, new ConcurrentAppendException("deadlock", new IllegalStateException()));

            assertThat(rebase(Revision.at(2), "Ubik", "genre", 1).execute()).isEqualTo(new WriteConflict("deadlock"));
            assertReleased(call);
        }

        @ParameterizedTest
        @ValueSource(strings = {"begin", "nextVersion", "nextSequenceNumber", "unseen", "existing", "append"})
        void any_other_failure_goes_on_to_the_caller_and_nothing_stays_open(String call) {
            log.fail(call, new UnsupportedOperationException("disk on fire"));

            assertThatThrownBy(() -> rebase(Revision.at(2), "Ubik", "genre", 1).execute())
                    .hasMessage("disk on fire");
            assertReleased(call);
        }

        private void assertReleased(String call) {
            if (!call.equals("begin")) {
                assertThat(log.calls).endsWith("close");
            }
            assertThat(log.head()).isEqualTo(Revision.at(2));
        }

        @Test
        void a_lost_append_is_a_write_conflict() {
            RebaseBuilder ours = rebase(Revision.at(2), "Ubik", "genre", 1);
            RebaseBuilder theirs = rebase(Revision.at(2), "Ubik", "genre", 2);
            log.beforeAppend(() -> {
                log.beforeAppend(() -> {});
                assertThat(theirs.execute()).isInstanceOf(Accepted.class);
            });

            assertThat(ours.execute()).isEqualTo(new WriteConflict("book:Ubik was changed concurrently by event 3"));
            assertThat(ours.execute()).isInstanceOf(Conflicting.class);
        }
    }

    @Test
    void each_kind_of_result_folds_to_its_own() {
        Event event = ((Accepted) rebase(Revision.at(2), "Ubik", "genre", 1).execute())
                .events()
                .get(0);
        List<RebaseResult> results = List.of(
                new Accepted(List.of(event), Revision.at(3)),
                new Conflicting(List.of(), List.of(event)),
                new InvalidBase(7),
                new WriteConflict("busy"));

        assertThat(results)
                .extracting(result -> result.<Object>fold(
                        Accepted::revision,
                        Conflicting::accepted,
                        InvalidBase::nextSequenceNumber,
                        WriteConflict::reason))
                .containsExactly(Revision.at(3), List.of(event), 7L, "busy");
    }
}
