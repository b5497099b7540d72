package dev.coherence.axon.token;

import static dev.coherence.axon.token.Tokens.OPEN;
import static dev.coherence.axon.token.Tokens.idleEvent;
import static dev.coherence.axon.token.Tokens.lane;
import static dev.coherence.axon.token.Tokens.lower;
import static dev.coherence.axon.token.Tokens.merge;
import static dev.coherence.axon.token.Tokens.token;
import static dev.coherence.axon.token.Tokens.upper;
import static dev.coherence.axon.token.Tokens.whole;
import static dev.coherence.axon.token.Universe.gaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.eventhandling.ReplayToken.createReplayToken;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where a token stands in the eyes of Axon: its bounds, and what a reset makes of it. */
class LanesTokenBoundsTest {

    @Nested
    class A_reset {

        private final TrackingToken replay = createReplayToken(gaps(5), gaps(2), "why");

        @Test
        void makes_events_replays_until_the_position_of_the_reset() {
            LanesToken replaying = token(replay, Lane.idleAt(gaps(2))).advancedTo(idleEvent(gaps(3)));
            LanesToken over = replaying.advancedTo(idleEvent(gaps(5))).advancedTo(idleEvent(gaps(6)));

            assertThat(ReplayToken.isReplay(replaying)).isTrue();
            assertThat(ReplayToken.replayContext(replaying, String.class)).contains("why");
            assertThat(over.live()).isEqualTo(gaps(6));
        }

        @Test
        void does_not_fall_back_when_the_source_lags_behind() {
            TrackingToken ahead = createReplayToken(gaps(9), gaps(6, 4), "why");

            LanesToken advanced = token(ahead, OPEN).advancedTo(LanesToken.event(gaps(5), OPEN));

            assertThat(advanced.live()).isEqualTo(createReplayToken(gaps(9), gaps(6), "why"));
            assertThat(whole(advanced).seen()).isFalse();
        }

        @Test
        void of_a_merge_that_axon_stored_before_us_replays_each_half_up_to_its_own_position() {
            TrackingToken stored = createReplayToken(merge(gaps(4), gaps(9)), gaps(2), "why");

            LanesToken advanced = StoredTokens.lift(stored)
                    .advancedTo(idleEvent(gaps(3)))
                    .advancedTo(idleEvent(gaps(4)))
                    .advancedTo(idleEvent(gaps(5)));

            assertThat(lower(advanced).live()).isEqualTo(gaps(5));
            assertThat(upper(advanced).live()).isEqualTo(createReplayToken(gaps(9), gaps(5), "why"));
            assertThat(upper(advanced).seen()).isFalse();
        }

        /** Axon compares raw tokens to what {@code upperBound} returns, and gap-aware ones throw at ours, and at null. */
        @Test
        void is_found_by_axon_before_anything_was_replayed() {
            LanesToken fresh = token(createReplayToken(gaps(9), null), Lane.NOTHING);

            assertThat(fresh.upperBound()).isEqualTo(gaps(9));
            assertThat(StoredTokens.store(createReplayToken(fresh, gaps(5)))).isNotEqualTo(gaps(5));
        }
    }

    @Nested
    class Bounds {

        @Test
        void the_lower_one_opens_a_source_with_both_lanes() {
            assertThat(token(merge(gaps(5), gaps(9)), OPEN).lowerBound()).isEqualTo(token(gaps(5), OPEN));
            assertThat(token(createReplayToken(gaps(9), null), Lane.NOTHING).lowerBound())
                    .isEqualTo(token(null, Lane.NOTHING));
        }

        @Test
        void the_lower_one_of_two_is_the_covered_one_itself() {
            LanesToken low = token(gaps(5), OPEN);
            LanesToken high = token(gaps(9), lane(3, 7, 41));
            TrackingToken plain = gaps(2);

            assertThat(low.lowerBound(high)).isSameAs(low);
            assertThat(high.lowerBound(low)).isSameAs(low);
            assertThat(high.lowerBound(plain)).isSameAs(plain);
            assertThat(high.lowerBound(null)).isNull();
        }

        @Test
        void the_lower_one_of_two_that_are_ahead_of_each_other_in_one_lane_is_behind_in_both() {
            assertThat(token(gaps(5), lane(3, 7, 41)).lowerBound(token(gaps(9), OPEN)))
                    .isEqualTo(token(gaps(5), OPEN));
        }

        @Test
        void the_upper_one_of_two_has_seen_what_either_has_seen() {
            assertThat(token(gaps(9, 8), OPEN).upperBound(token(createReplayToken(gaps(9), gaps(8)), lane(3, 7, 41))))
                    .isEqualTo(token(gaps(9), lane(3, 7, 41)));
        }

        @Test
        void a_raw_token_is_compared_to_the_live_lane() {
            LanesToken token = token(gaps(9, 8), OPEN);

            assertThat(token.covers(gaps(7))).isTrue();
            assertThat(token.covers(gaps(8))).isFalse();
            assertThat(token.samePositionAs(gaps(9))).isTrue();
            assertThat(token.samePositionAs(gaps(8))).isFalse();
            assertThat(token.position()).hasValue(9);
        }

        @Test
        void unwrap_finds_ours_and_what_is_in_the_live_lane() {
            LanesToken token = token(createReplayToken(gaps(9), gaps(5)), OPEN);

            assertThat(token.unwrap(LanesToken.class)).containsSame(token);
            assertThat(token.unwrap(ReplayToken.class)).contains((ReplayToken) token.live());
            assertThat(token.unwrap(GapAwareTrackingToken.class)).contains(gaps(5));
        }
    }
}
