package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.conflict.Conflict;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.conflict.Dispute;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.rebase.RebaseResult.InvalidBase;
import dev.coherence.revision.Revision;
import dev.coherence.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rebase algorithm on this log: what it accepts, refuses and stores. */
abstract class RebaseContract extends ContractPart {

    RebaseContract(EventLogContract suite) {
        super(suite);
    }

    @Test
    void what_is_accepted_is_stored_as_told() {
        Accepted result = accepted(rebase(Revision.at(0), action(UBIK, "a", 1, KEY), effect(KEY), action(UBIK, "a", 2))
                .execute());

        assertThat(result.events())
                .extracting(Event::change)
                .containsExactly(action(UBIK, "a", 1, KEY), effect(KEY), action(UBIK, "a", 2));
        assertThat(result.events()).extracting(Event::source).containsOnly("contract");
        assertThat(result.events()).extracting(Event::timestamp).containsOnly(NOON);
        assertThat(log.unseen(UBIK, Revision.at(0))).isEqualTo(result.events());
        assertThat(coherence.state(UBIK).document().get(Path.of("a"))).hasValue(Value.of(2));
    }

    @Test
    void an_unseen_action_is_a_conflict_until_it_is_seen_or_resolved() {
        RecordedAction theirs = act(UBIK, "a", 1);
        List<Object> before = everything();

        Conflicting result =
                conflicting(rebase(Revision.at(0), action(UBIK, "b", 2)).execute());
        assertThat(theirs(result)).containsExactly(theirs);
        assertThat(everything()).isEqualTo(before);

        accepted(rebase(Revision.at(0), action(UBIK, "b", 2))
                .resolved(theirs.sequenceNumber())
                .execute());
        accepted(rebase(log.head(), action(UBIK, "b", 3)).execute());
        assertThat(log.nextVersion(UBIK)).isEqualTo(3);
    }

    @Test
    void unseen_effects_are_conflicts_until_they_are_seen_or_resolved() {
        RecordedAction linking = act(UBIK, "a", 1, KEY);
        RecordedEffect linked = fire(KEY);
        RecordedEffect own = fire(UBIK);
        fire(OTHER_KEY);
        Revision base = Revision.at(linking.sequenceNumber());

        for (ConflictPolicy policy : ConflictPolicy.values()) {
            RebaseBuilder ours =
                    rebase(base, action(UBIK, "b", 2)).policy(policy).dryRun();
            assertThat(theirs(conflicting(ours.execute()))).containsExactly(linked, own);
            assertThat(theirs(conflicting(ours.resolved(linked.sequenceNumber()).execute())))
                    .containsExactly(own);
            accepted(ours.resolved(own.sequenceNumber()).execute());
        }
        accepted(rebase(Revision.at(own.sequenceNumber()), action(UBIK, "b", 2)).execute());
    }

    @Test
    void an_effect_before_the_first_action_is_a_conflict_only_on_the_own_identity() {
        fire(KEY);
        RecordedEffect own = fire(UBIK);

        Conflicting result =
                conflicting(rebase(Revision.at(0), action(UBIK, "a", 1, KEY)).execute());

        assertThat(theirs(result)).containsExactly(own);
    }

    @Test
    void merging_passes_over_what_agrees_and_tells_what_does_not() {
        act(UBIK, "genre", "SF");
        Revision base = log.head();
        RecordedAction price = act(UBIK, "price", 10);
        RecordedAction genre = act(UBIK, "genre", "Noir");

        Conflicting result = conflicting(rebase(base, action(UBIK, "genre", "Cyberpunk"))
                .policy(ConflictPolicy.MERGE)
                .execute());
        assertThat(result.conflicts()).extracting(Conflict::theirs).containsExactly(genre);
        assertThat(result.conflicts().get(0).disputes())
                .containsExactly(new Dispute(
                        Path.of("genre"),
                        Optional.of(Value.of("SF")),
                        Optional.of(Value.of("Cyberpunk")),
                        Optional.of(Value.of("Noir")),
                        List.of(genre.sequenceNumber())));

        accepted(rebase(base, action(UBIK, "genre", "Noir"), action(UBIK, "pages", 300))
                .policy(ConflictPolicy.MERGE)
                .execute());
        assertThat(coherence.state(UBIK).document().value())
                .isEqualTo(Value.parse("{\"genre\":\"Noir\",\"pages\":300,\"price\":10}"));
        assertThat(price.version()).isEqualTo(1);
    }

    @Test
    void a_base_at_or_beyond_the_next_number_is_invalid() {
        act(UBIK, "a", 1);
        List<Object> before = everything();
        long last = coherence.sequenceNumber();

        for (Revision beyond : List.of(Revision.at(last + 1), Revision.at(Long.MAX_VALUE), Revision.of(0, last + 1))) {
            assertThat(rebase(beyond, action(UBIK, "a", 2)).execute())
                    .as("%s", beyond)
                    .isEqualTo(new InvalidBase(last + 1));
        }
        assertThat(rebase(Revision.at(last + 1), effect(KEY)).execute()).isEqualTo(new InvalidBase(last + 1));
        assertThat(everything()).isEqualTo(before);
        accepted(rebase(Revision.at(last), action(UBIK, "a", 2)).execute());
    }

    @Test
    void a_base_at_or_beyond_the_next_version_is_invalid() {
        act(UBIK, "a", 1);
        InvalidBase invalid = new InvalidBase(coherence.sequenceNumber() + 1);

        assertThat(rebase(Revision.ofVersion(1), action(UBIK, "a", 2)).execute())
                .isEqualTo(invalid);
        assertThat(rebase(Revision.ofVersion(0), action(SHELF, "a", 2)).execute())
                .isEqualTo(invalid);
        accepted(rebase(Revision.ofVersion(0), action(UBIK, "a", 2)).execute());
    }

    @Test
    void on_an_empty_log_only_a_base_that_has_seen_nothing_is_valid() {
        assertThat(rebase(Revision.at(1), action(UBIK, "a", 1)).execute()).isEqualTo(new InvalidBase(1));
        accepted(rebase(Revision.at(0), action(UBIK, "a", 1)).execute());
    }

    @Test
    void a_dry_run_tells_the_result_and_stores_nothing() {
        RecordedAction theirs = act(UBIK, "a", 1, KEY);
        List<Object> before = everything();
        RebaseBuilder ours = rebase(Revision.at(0), action(UBIK, "a", 2, OTHER_KEY), effect(OTHER_KEY))
                .dryRun();

        assertThat(theirs(conflicting(ours.execute()))).containsExactly(theirs);
        Accepted would = accepted(ours.resolved(theirs.sequenceNumber()).execute());
        assertThat(everything()).isEqualTo(before);

        Accepted did = accepted(ours.dryRun(false).execute());
        assertThat(did.events())
                .extracting(Event::change)
                .isEqualTo(would.events().stream().map(Event::change).toList());
        assertThat(would.events())
                .extracting(Event::sequenceNumber)
                .containsExactly(theirs.sequenceNumber() + 1, theirs.sequenceNumber() + 2);
    }

    @Test
    void the_conflicts_of_a_base_are_its_unseen_changes() {
        RecordedAction linking = act(UBIK, "a", 1, KEY);
        RecordedEffect effect = fire(KEY);
        RecordedAction later = act(UBIK, "a", 2);

        assertThat(coherence.conflicts(Revision.at(0), UBIK)).containsExactly(linking, effect, later);
        assertThat(coherence.conflicts(Revision.at(linking.sequenceNumber()), UBIK))
                .containsExactly(effect, later);
        assertThat(coherence.conflicts(Revision.ofVersion(1), UBIK)).isEmpty();
    }

    @Test
    void the_state_of_an_aggregate_is_a_sound_base() {
        act(NEUROMANCER, "a", 1);
        assertThat(coherence.state(UBIK).revision()).isEqualTo(log.head());
        assertThat(coherence.state(UBIK).document().isEmpty()).isTrue();

        act(UBIK, "a", 1, KEY);
        act(UBIK, "b", 2);
        fire(KEY);
        act(NEUROMANCER, "a", 2);

        var state = coherence.state(UBIK);
        assertThat(state.document().value()).isEqualTo(Value.parse("{\"a\":1,\"b\":2}"));
        assertThat(state.revision()).isEqualTo(log.head().withVersion(1));
        accepted(rebase(state.revision(), action(UBIK, "a", 2)).execute());
        RebaseResult stale = rebase(state.revision(), action(UBIK, "a", 3)).execute();
        assertThat(theirs(conflicting(stale))).hasSize(1);
    }

    @Test
    void an_aggregate_with_an_odd_name_is_rebased_like_any_other() {
        Identity odd = Identity.of("b:o/o%k!'", "Ünï ';--\"\\ 🕶️:");
        RecordedAction theirs = act(odd, "a", 1);

        Conflicting result = conflicting(
                rebase(Revision.at(0), action(odd, "a", 2), effect(odd)).execute());
        assertThat(theirs(result)).containsExactly(theirs);
        accepted(rebase(log.head(), action(odd, "a", 2), effect(odd)).execute());
        assertThat(log.unseen(odd, Revision.at(theirs.sequenceNumber()))).hasSize(2);
    }
}
