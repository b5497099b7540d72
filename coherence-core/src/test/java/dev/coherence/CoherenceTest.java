package dev.coherence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.conflict.Conflict;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.document.Document;
import dev.coherence.encryption.Encryption;
import dev.coherence.log.InMemoryEventLog;
import dev.coherence.projection.Projection;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CoherenceTest {

    private static final Identity NEUROMANCER = Identity.of("book", "Neuromancer");
    private static final CoherenceSettings SETTINGS = CoherenceSettings.withSource("bookstore");

    private final InMemoryEventLog log = new InMemoryEventLog();
    private final Coherence coherence = Coherence.over(log, SETTINGS);

    private RebaseBuilder set(Revision base, String path, Object value) {
        return set(coherence, base, path, value);
    }

    private static RebaseBuilder set(Coherence coherence, Revision base, String path, Object value) {
        return coherence
                .rebase(base)
                .action(action -> action.reason("update")
                        .actor("user", "bob")
                        .aggregate("book", "Neuromancer")
                        .assoc(path, value)
                        .trigger("encryption-key", "1"));
    }

    @Test
    void a_walk_from_the_first_patch_to_the_replay_after_an_effect() {
        RebaseResult created = set(Revision.at(0), "author", "William Gibson").execute();
        assertThat(created).isInstanceOf(Accepted.class);

        RebaseBuilder genre = set(Revision.at(0), "genre", "Cyberpunk").dryRun();
        Conflicting conflicting = (Conflicting) genre.execute();
        assertThat(conflicting.conflicts()).extracting(Conflict::theirs).isEqualTo(((Accepted) created).events());
        assertThat(genre.resolved(1L).execute()).isInstanceOf(Accepted.class);
        assertThat(genre.dryRun(false).execute()).isInstanceOf(Accepted.class);

        RebaseResult fired = coherence
                .rebase(Revision.at(2))
                .effect(effect -> effect.reason("key-expired").trigger("encryption-key", "1"))
                .execute();
        assertThat(fired).isInstanceOf(Accepted.class);
        assertThat(coherence.conflicts(Revision.at(2), NEUROMANCER)).hasSize(1);

        try (Stream<RecordedAction> replay = coherence.read().after(2).stream();
                Stream<Projection> states = Projection.project(replay, 3, aggregate -> Document.empty())) {
            assertThat(states)
                    .extracting(projection -> projection.states().get(NEUROMANCER))
                    .containsExactly(coherence.state(NEUROMANCER).document());
        }
    }

    @Nested
    class The_settings {

        @Test
        void give_source_and_time_to_events_that_name_none() {
            Instant noon = Instant.parse("2026-01-01T12:00:00.000000001Z");
            Coherence fixed = Coherence.over(log, SETTINGS.withClock(Clock.fixed(noon, ZoneOffset.UTC)));

            Accepted result = (Accepted) set(fixed, Revision.at(0), "a", 1).execute();

            assertThat(result.events().get(0).timestamp()).isEqualTo(noon);
            assertThat(result.events().get(0).source()).isEqualTo("bookstore");
        }

        @Test
        void give_the_policy_to_rebases_that_choose_none() {
            set(Revision.at(0), "a", 1).execute();
            Coherence merging = Coherence.over(log, SETTINGS.withPolicy(ConflictPolicy.MERGE));

            assertThat(set(Revision.at(0), "b", 1).execute()).isInstanceOf(Conflicting.class);
            assertThat(set(merging, Revision.at(0), "b", 1)
                            .policy(ConflictPolicy.STRICT)
                            .execute())
                    .isInstanceOf(Conflicting.class);
            assertThat(set(merging, Revision.at(0), "b", 1).execute()).isInstanceOf(Accepted.class);
        }

        @Test
        void are_strict_and_use_the_system_clock_unless_told_otherwise() {
            assertThat(SETTINGS)
                    .isEqualTo(new CoherenceSettings(
                            "bookstore", ConflictPolicy.STRICT, Clock.systemUTC(), Encryption.none()));
        }

        @Test
        void are_checked() {
            assertRefused("source", () -> CoherenceSettings.withSource(""));
            assertRefused("policy", () -> SETTINGS.withPolicy(null));
            assertRefused("clock", () -> SETTINGS.withClock(null));
        }
    }

    @Nested
    class Conflicts {

        @Test
        void of_a_base_beyond_the_end_are_refused() {
            set(Revision.at(0), "a", 1).execute();

            assertThat(coherence.conflicts(Revision.of(0, 1), NEUROMANCER)).isEmpty();
            assertRefused("base", () -> coherence.conflicts(Revision.at(2), NEUROMANCER));
            assertRefused("base", () -> coherence.conflicts(Revision.ofVersion(1), NEUROMANCER));
            assertRefused("base", () -> coherence.conflicts(Revision.ofVersion(0), Identity.of("book", "none")));
        }

        @Test
        void of_nothing_are_refused() {
            assertRefused("base", () -> coherence.conflicts(null, NEUROMANCER));
            assertRefused("aggregate", () -> coherence.conflicts(Revision.at(0), null));
        }
    }

    @Nested
    class Reads {

        @Test
        void after_a_version_name_one_aggregate() {
            set(Revision.at(0), "a", 1).execute();

            assertThat(coherence.read().after(Revision.ofVersion(0)).aggregates(NEUROMANCER).stream())
                    .isEmpty();
            assertRefused(
                    "after", () -> coherence.read().after(Revision.ofVersion(0)).open());
            assertRefused(
                    "after",
                    () -> coherence
                            .read()
                            .after(Revision.ofVersion(0))
                            .aggregates(NEUROMANCER, Identity.of("book", "Ubik"))
                            .open());
        }

        @Test
        void are_checked() {
            assertRefused("revision", () -> coherence.read().after(-1));
            assertRefused("after", () -> coherence.read().after(null));
            assertRefused("kinds", () -> coherence.read().kinds(""));
            assertRefused("kinds", () -> coherence.read().kinds((String) null));
            assertRefused("aggregates", () -> coherence.read().aggregates((Identity) null));
        }
    }

    @Test
    void the_state_reflects_its_revision() {
        set(Revision.at(0), "address.city", "Oslo").execute();

        AggregateState state = coherence.state(NEUROMANCER);

        assertThat(state.aggregate()).isEqualTo(NEUROMANCER);
        assertThat(state.document().get(Path.of("address", "city"))).isPresent();
        assertThat(state.revision()).isEqualTo(Revision.of(0, 1));
        assertRefused("aggregate", () -> coherence.state(null));
    }

    @Test
    void the_sequence_number_is_that_of_the_last_event() {
        assertThat(coherence.sequenceNumber()).isZero();
        set(Revision.at(0), "a", 1).execute();
        assertThat(coherence.sequenceNumber()).isEqualTo(1);
    }

    @Test
    void it_needs_a_log_settings_and_a_base() {
        assertRefused("log", () -> Coherence.over(null, SETTINGS));
        assertRefused("settings", () -> Coherence.over(log, null));
        assertRefused("base", () -> coherence.rebase(null));
    }

    private static void assertRefused(String place, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.place()).isEqualTo(place));
    }
}
