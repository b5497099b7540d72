package dev.coherence.axon.token;

import static dev.coherence.axon.token.Tokens.OPEN;
import static dev.coherence.axon.token.Universe.claims;
import static dev.coherence.axon.token.Universe.gaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.eventhandling.ReplayToken.createReplayToken;

import dev.coherence.axon.token.StoredTokens.Split;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredTokensTest {

    /** For all tokens of small universes. */
    @Nested
    class Laws {

        @ParameterizedTest
        @EnumSource
        void a_plain_token_is_lifted_and_stored_as_it_was(Universe universe) {
            for (TrackingToken plain : universe.plain(3)) {
                assertThat(StoredTokens.store(StoredTokens.lift(plain))).isSameAs(plain);
                assertThat(StoredTokens.store(plain)).isSameAs(plain);
            }
        }

        @ParameterizedTest
        @EnumSource
        void a_token_is_stored_plain_if_and_only_if_it_is_idle(Universe universe) {
            for (LanesToken token : universe.tokens()) {
                boolean plain = token.isIdle() || token.live() == null;
                assertThat(StoredTokens.store(token)).isEqualTo(plain ? token.live() : token);
            }
        }

        @ParameterizedTest
        @EnumSource
        void what_is_stored_and_read_again_claims_the_same_or_of_an_idle_token_what_it_has_seen(Universe universe) {
            for (LanesToken token : universe.tokens()) {
                LanesToken again = StoredTokens.lift(StoredTokens.store(token));
                if (token.live() != null) {
                    LanesToken kept = token.isIdle()
                            ? LanesToken.of(token.live(), Lane.idleAt(LiveLane.lowest(token.live())))
                            : token;
                    assertThat(again.live()).isEqualTo(token.live());
                    assertThat(claims(again)).as("%s", token).isEqualTo(claims(kept));
                    assertThat(claims(token)).containsAll(claims(again));
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void axon_resets_ours_to_where_it_would_reset_each_half_without_us(Universe universe) {
            for (LanesToken token : universe.tokens()) {
                for (TrackingToken start : universe.rawOrNull(2)) {
                    if (token.live() != null) { // a token store returns null for it
                        LanesToken reset = StoredTokens.lift(createReplayToken(token, start, "again"));
                        assertThat(reset == null ? null : reset.live())
                                .as("%s reset to %s", token, start)
                                .isEqualTo(resetHalves(token.live(), start));
                    }
                }
            }
        }

        private TrackingToken resetHalves(TrackingToken live, TrackingToken start) {
            if (live instanceof ReplayToken replay) {
                return resetHalves(replay.getTokenAtReset(), start);
            }
            return live instanceof MergedTrackingToken merge
                    ? MergedTrackingToken.merged(
                            resetHalves(merge.lowerSegmentToken(), start),
                            resetHalves(merge.upperSegmentToken(), start))
                    : createReplayToken(live, start, "again");
        }

        @ParameterizedTest
        @EnumSource
        void axon_merges_ours_to_what_it_would_have_merged_without_us(Universe universe) {
            for (TrackingToken lower : universe.leaves(2)) {
                for (TrackingToken upper : universe.leaves(2)) {
                    TrackingToken merged =
                            MergedTrackingToken.merged(StoredTokens.lift(lower), StoredTokens.lift(upper));
                    assertThat(StoredTokens.store(merged)).isEqualTo(MergedTrackingToken.merged(lower, upper));
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void a_split_takes_a_merge_apart_and_claims_nothing_more(Universe universe) {
            for (LanesToken token : universe.tokens()) {
                Split split = StoredTokens.split(token);
                if (split.lower() != null && split.upper() != null) {
                    LanesToken lower = StoredTokens.lift(split.lower());
                    LanesToken upper = StoredTokens.lift(split.upper());
                    LanesToken again = StoredTokens.lift(new MergedTrackingToken(lower, upper));
                    assertThat(Universe.handled(again.live())).isEqualTo(Universe.handled(token.live()));
                    assertThat(token.lane().covers(lower.lane())).isTrue();
                    assertThat(token.lane().covers(upper.lane())).isTrue();
                }
            }
        }
    }

    @Nested
    class Lift {

        @Test
        void nothing_stays_nothing() {
            assertThat(StoredTokens.lift(null)).isNull();
            assertThat(StoredTokens.store(null)).isNull();
            assertThat(StoredTokens.lift(new MergedTrackingToken(null, null))).isNull();
        }

        @Test
        void a_plain_token_has_all_effects_done_that_all_its_parts_have_passed() {
            assertThat(lane(gaps(5, 3))).isEqualTo(Lane.idleAt(gaps(5, 3)));
            assertThat(lane(createReplayToken(gaps(9), gaps(4)))).isEqualTo(Lane.idleAt(gaps(4)));
            assertThat(lane(createReplayToken(gaps(9), null))).isEqualTo(Lane.NOTHING);
            assertThat(lane(new MergedTrackingToken(gaps(5), gaps(9)))).isEqualTo(Lane.idleAt(gaps(5)));
            assertThat(lane(new MergedTrackingToken(null, gaps(9)))).isEqualTo(Lane.NOTHING);
        }

        private Lane lane(TrackingToken stored) {
            return StoredTokens.lift(stored).lane();
        }

        @Test
        void a_full_reset_in_mid_window_claims_nothing() {
            TrackingToken reset = createReplayToken(LanesToken.of(gaps(9), OPEN), null, "why");

            assertThat(StoredTokens.lift(reset))
                    .isEqualTo(LanesToken.of(createReplayToken(gaps(9), null, "why"), Lane.NOTHING));
            assertThat(StoredTokens.store(reset)).isEqualTo(createReplayToken(gaps(9), null, "why"));
        }

        @Test
        void a_reset_to_a_position_in_mid_window_claims_what_the_position_and_the_lane_both_claim() {
            TrackingToken reset = createReplayToken(LanesToken.of(gaps(9), OPEN), gaps(5), "why");

            assertThat(StoredTokens.store(reset))
                    .isEqualTo(
                            LanesToken.of(createReplayToken(gaps(9), gaps(5), "why"), new Lane(gaps(3), gaps(5), 40)));
        }

        @Test
        void a_second_reset_keeps_the_position_of_the_first_one() {
            TrackingToken once = StoredTokens.lift(createReplayToken(LanesToken.of(gaps(9, 8), OPEN), null, "one"));

            TrackingToken twice = StoredTokens.lift(createReplayToken(once, gaps(5), "two"));

            assertThat(WrappedToken.unwrap(twice, ReplayToken.class))
                    .contains((ReplayToken) createReplayToken(gaps(9, 8), gaps(5), "two"));
        }

        @Test
        void a_reset_to_a_later_position_skips_what_is_between() {
            assertThat(StoredTokens.store(createReplayToken(LanesToken.of(gaps(9), OPEN), gaps(12))))
                    .isEqualTo(gaps(12));
        }

        @Test
        void a_reset_of_unfinished_halves_resets_each_of_them() {
            LanesToken halves = LanesToken.of(new MergedTrackingToken(gaps(5), gaps(9)), OPEN);

            assertThat(StoredTokens.lift(createReplayToken(halves, gaps(2), "why"))
                            .live())
                    .isEqualTo(new MergedTrackingToken(
                            createReplayToken(gaps(5), gaps(2), "why"), createReplayToken(gaps(9), gaps(2), "why")));
        }

        @Test
        void a_merge_claims_what_both_segments_claim() {
            LanesToken lower = LanesToken.of(gaps(9), OPEN);
            LanesToken upper = LanesToken.of(gaps(12), new Lane(gaps(5), gaps(12), 2));

            assertThat(StoredTokens.store(new MergedTrackingToken(lower, upper)))
                    .isEqualTo(
                            LanesToken.of(new MergedTrackingToken(gaps(9), gaps(12)), new Lane(gaps(3), gaps(7), 2)));
        }

        @Test
        void a_merge_with_a_segment_that_has_seen_nothing_claims_nothing() {
            LanesToken upper = LanesToken.of(gaps(9), OPEN);

            assertThat(StoredTokens.store(new MergedTrackingToken(null, upper)))
                    .isEqualTo(new MergedTrackingToken(null, gaps(9)));
        }
    }

    @Nested
    class Store {

        @Test
        void a_token_is_not_idle_while_a_window_is_open_or_effects_wait() {
            assertThat(LanesToken.of(gaps(9), OPEN).isIdle()).isFalse();
            assertThat(LanesToken.of(gaps(9), Lane.idleAt(gaps(8))).isIdle()).isFalse();
            assertThat(LanesToken.of(gaps(9), Lane.idleAt(gaps(9))).isIdle()).isTrue();
        }

        @Test
        void a_token_is_not_idle_while_more_effects_are_done_than_events() {
            assertThat(LanesToken.of(gaps(5), Lane.idleAt(gaps(9))).isIdle()).isFalse();
        }

        /** Else it would never be plain again, as such a gap may stay for ever. If it is filled, a replay too many is harmless. */
        @Test
        void a_token_is_idle_if_only_a_gap_of_its_own_is_done() {
            assertThat(LanesToken.of(gaps(9, 4), Lane.idleAt(gaps(9))).isIdle()).isTrue();
        }

        @Test
        void a_stored_token_has_no_memory_of_the_last_message() {
            LanesToken message = LanesToken.event(gaps(9), OPEN);

            TrackingToken stored = StoredTokens.store(message);

            assertThat(((LanesToken) stored).advancedTo(message)).isNotSameAs(stored);
        }

        @Test
        void the_halves_of_a_split_keep_the_lane_of_the_whole() {
            Split split = StoredTokens.split(LanesToken.of(new MergedTrackingToken(gaps(9), gaps(12)), OPEN));

            assertThat(split).isEqualTo(new Split(LanesToken.of(gaps(9), OPEN), LanesToken.of(gaps(12), OPEN)));
            assertThat(StoredTokens.split(gaps(9))).isEqualTo(new Split(gaps(9), gaps(9)));
            assertThat(StoredTokens.split(new MergedTrackingToken(null, gaps(9)))
                            .lower())
                    .isNull();
        }

        @Test
        void a_split_of_a_replay_is_two_replays() {
            TrackingToken replay = createReplayToken(gaps(9), gaps(4), "why");

            assertThat(StoredTokens.split(replay)).isEqualTo(new Split(replay, replay));
        }
    }
}
