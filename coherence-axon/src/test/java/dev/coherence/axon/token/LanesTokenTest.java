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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.axonframework.eventhandling.ReplayToken.createReplayToken;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each operation by an example; what holds for all tokens is in {@link LanesTokenLawsTest}. */
class LanesTokenTest {

    @Nested
    class An_event {

        @Test
        void advances_both_lanes() {
            LanesToken advanced = token(gaps(9), Lane.idleAt(gaps(9))).advancedTo(idleEvent(gaps(10)));

            assertThat(advanced).isEqualTo(token(gaps(10), Lane.idleAt(gaps(10))));
            assertThat(whole(advanced).seen()).isFalse();
        }

        @Test
        void that_fills_a_gap_is_new() {
            LanesToken advanced = token(gaps(9, 8), OPEN).advancedTo(LanesToken.event(gaps(9), OPEN));

            assertThat(advanced).isEqualTo(token(gaps(9), OPEN));
            assertThat(whole(advanced).seen()).isFalse();
        }

        @Test
        void that_fills_a_gap_behind_a_segment_that_is_ahead_does_not_take_it_back() {
            LanesToken advanced = token(gaps(9, 3), OPEN).advancedTo(LanesToken.event(gaps(5), OPEN));

            assertThat(advanced.live()).isEqualTo(gaps(9));
            assertThat(whole(advanced).seen()).isFalse();
            assertThat(whole(advanced.advancedTo(LanesToken.event(gaps(6), OPEN)))
                            .seen())
                    .isTrue();
        }

        @Test
        void that_the_segment_has_handled_is_seen_and_leaves_the_live_lane_as_it_is() {
            LanesToken advanced = token(gaps(9), OPEN).advancedTo(LanesToken.event(gaps(5), OPEN));

            assertThat(advanced.live()).isEqualTo(gaps(9));
            assertThat(whole(advanced).seen()).isTrue();
        }

        @Test
        void that_was_seen_may_still_say_that_a_window_is_done() {
            Lane done = Lane.idleAt(gaps(7));

            assertThat(token(gaps(9), OPEN)
                            .advancedTo(LanesToken.event(gaps(8), done))
                            .lane())
                    .isEqualTo(done);
        }

        @Test
        void of_an_idle_source_leaves_the_window_of_a_segment_that_its_lane_does_not_cover_and_says_what_is_done() {
            assertThat(token(gaps(4), OPEN).advancedTo(idleEvent(gaps(5))).lane())
                    .isEqualTo(lane(5, 7, 40));
        }

        @Test
        void is_handled_once_when_the_source_emits_it_again_after_a_marker() {
            LanesToken event = LanesToken.event(gaps(9), OPEN);
            LanesToken handled = token(gaps(8), OPEN).advancedTo(event);

            LanesToken again = handled.advancedTo(LanesToken.marker(gaps(8), lane(3, 7, 41)))
                    .advancedTo(LanesToken.event(gaps(9), lane(3, 7, 41)));

            assertThat(whole(handled).seen()).isFalse();
            assertThat(whole(again).seen()).isTrue();
        }

        @Test
        void of_a_source_that_notices_no_effects_advances_the_live_lane_only() {
            LanesToken advanced = token(gaps(9), OPEN).advancedTo(gaps(10));

            assertThat(advanced).isEqualTo(token(gaps(10), OPEN));
            assertThat(whole(advanced).seen()).isFalse();
            assertThat(whole(advanced.advancedTo(gaps(9))).seen()).isTrue();
        }

        @Test
        void has_a_raw_token_when_the_source_emits_it() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LanesToken.event(createReplayToken(gaps(1)), OPEN))
                    .withMessageContaining("raw tokens");
            assertThatNullPointerException().isThrownBy(() -> LanesToken.event(null, OPEN));
        }
    }

    @Nested
    class A_marker {

        @Test
        void advances_the_lane_of_replays_only() {
            LanesToken advanced = token(gaps(5), OPEN).advancedTo(LanesToken.marker(gaps(9), lane(3, 7, 41)));

            assertThat(advanced).isEqualTo(token(gaps(5), lane(3, 7, 41)));
            assertThat(whole(advanced).seen()).isFalse();
        }

        @Test
        void up_to_the_cursor_is_seen() {
            assertThat(whole(token(gaps(9), OPEN).advancedTo(LanesToken.marker(gaps(9), lane(3, 7, 40))))
                            .seen())
                    .isTrue();
        }

        @Test
        void of_a_window_that_the_segment_has_done_is_seen() {
            assertThat(whole(token(gaps(9), Lane.idleAt(gaps(9)))
                                    .advancedTo(LanesToken.marker(gaps(9), lane(3, 7, 40))))
                            .seen())
                    .isTrue();
        }

        @Test
        void of_another_window_is_handled_and_the_segment_keeps_its_own_lane() {
            LanesToken advanced = token(gaps(9), OPEN).advancedTo(LanesToken.marker(gaps(9), lane(3, 9, 1)));

            assertThat(whole(advanced).seen()).isFalse();
            assertThat(advanced.lane()).isEqualTo(OPEN);
        }

        @Test
        void advances_a_segment_in_which_no_half_has_met_the_other_and_goes_to_both() {
            LanesToken advanced =
                    token(merge(gaps(5), gaps(9)), OPEN).advancedTo(LanesToken.marker(gaps(5), lane(3, 7, 41)));

            assertThat(advanced.live()).isEqualTo(merge(gaps(5), gaps(9)));
            assertThat(lower(advanced)).isEqualTo(new SegmentPart(gaps(5), lane(3, 7, 41), false));
            assertThat(upper(advanced)).isEqualTo(new SegmentPart(gaps(9), lane(3, 7, 41), false));
        }
    }

    @Nested
    class Siblings {

        @Test
        void of_a_new_event_are_all_new() {
            LanesToken first = token(gaps(9), OPEN).advancedTo(LanesToken.event(gaps(10), OPEN));

            assertThat(whole(first.advancedTo(LanesToken.event(gaps(10), OPEN))).seen())
                    .isFalse();
        }

        @Test
        void of_a_seen_event_are_all_seen() {
            LanesToken first = token(gaps(9), OPEN).advancedTo(LanesToken.event(gaps(5), OPEN));

            assertThat(whole(first.advancedTo(LanesToken.event(gaps(5), OPEN))).seen())
                    .isTrue();
        }

        /** This is what the tracking processor asks, to have all of them in one batch. */
        @Test
        void are_told_by_equality_to_the_token_of_the_segment_also_where_that_is_ahead_or_in_a_reset() {
            LanesToken event = LanesToken.event(gaps(5), OPEN);
            LanesToken ahead = token(gaps(9, 5), lane(3, 4, 7)).advancedTo(event);
            LanesToken inReset =
                    token(createReplayToken(gaps(9), gaps(4)), OPEN).advancedTo(event);

            assertThat(ahead.equals(LanesToken.event(gaps(5), OPEN))).isTrue();
            assertThat(inReset.equals(LanesToken.event(gaps(5), OPEN))).isTrue();
            assertThat(event).isEqualTo(ahead).hasSameHashCodeAs(ahead);
            assertThat(ahead.equals(LanesToken.event(gaps(6), OPEN))).isFalse();
            assertThat(ahead.equals(token(gaps(5), OPEN))).isFalse();
        }

        @Test
        void of_the_first_event_of_a_segment_without_a_token_are_all_new() {
            TrackingToken first = WrappedToken.advance(null, idleEvent(gaps(1)));

            LanesToken second = (LanesToken) WrappedToken.advance(first, idleEvent(gaps(1)));

            assertThat(whole((LanesToken) first).seen()).isFalse();
            assertThat(whole(second).seen()).isFalse();
            assertThat(whole(second.advancedTo(idleEvent(gaps(2)))).seen()).isFalse();
            assertThat(whole(second.advancedTo(idleEvent(gaps(2))).advancedTo(idleEvent(gaps(1))))
                            .seen())
                    .isTrue();
        }
    }

    @Nested
    class Truncated_gaps {

        /** The event store forgets old gaps, in the tokens that it emits from then on. */
        @Test
        void are_forgotten_by_both_lanes() {
            LanesToken token = token(gaps(9, 2, 8), Lane.idleAt(gaps(9, 2, 8)));
            GapAwareTrackingToken truncated =
                    gaps(9, 2, 8).withGapsTruncatedAt(5).advanceTo(10, 1_000);

            LanesToken advanced = token.advancedTo(idleEvent(truncated));

            assertThat(advanced.lane()).isEqualTo(Lane.idleAt(truncated));
            assertThat(advanced.isIdle()).isTrue();
            assertThat(((GapAwareTrackingToken) advanced.live()).getGaps()).containsExactly(8L);
        }

        /** A node that has forgotten a gap was in a window; the node that goes on has the gap. */
        @Test
        void that_another_stream_still_has_are_all_that_is_lacking() {
            LanesToken takenOver = token(gaps(13), lane(10, 13, 5));

            LanesToken advanced = takenOver
                    .advancedTo(LanesToken.marker(gaps(13, 12), Lane.idleAt(gaps(13, 12))))
                    .advancedTo(idleEvent(gaps(14, 12)));

            assertThat(advanced.isIdle()).isFalse();
            assertThat(advanced.lacksOnlyGaps()).isTrue();
            assertThat(advanced.caughtUp()).isEqualTo(token(gaps(14), Lane.idleAt(gaps(14))));
        }

        @Test
        void are_not_all_that_is_lacking_while_effects_after_them_are_to_be_replayed() {
            assertThat(token(gaps(13), Lane.idleAt(gaps(10, 9))).lacksOnlyGaps())
                    .as("no window")
                    .isFalse();
            assertThat(token(gaps(13), new Lane(gaps(12, 9), gaps(13), 5)).lacksOnlyGaps())
                    .as("in a window")
                    .isFalse();
        }

        @Test
        void are_not_lacking_in_an_idle_segment_or_one_that_has_started_over() {
            assertThat(token(gaps(13, 9), Lane.idleAt(gaps(13, 9))).lacksOnlyGaps())
                    .as("idle")
                    .isFalse();
            assertThat(token(gaps(5), Lane.idleAt(gaps(13))).lacksOnlyGaps())
                    .as("started over")
                    .isFalse();
        }
    }

    @Nested
    class What_an_aggregate_was_replayed_for {

        @Test
        void is_the_window_up_to_the_cursor_and_what_is_done_behind_it() {
            LanesToken segment = token(gaps(20), lane(5, 10, 3));

            assertThat(segment.doneFor(3)).isEqualTo(gaps(10));
            assertThat(segment.doneFor(4)).isEqualTo(gaps(5));
        }

        /** The stream is in another window than the segment, which keeps its own. */
        @Test
        void is_the_window_of_the_marker_as_well() {
            LanesToken segment = token(gaps(20), lane(8, 10, 3));

            LanesToken advanced = segment.advancedTo(LanesToken.marker(gaps(20), lane(8, 12, 1)));

            assertThat(advanced.lane()).isEqualTo(lane(8, 10, 3));
            assertThat(advanced.doneFor(1)).isEqualTo(gaps(12));
        }

        @Test
        void is_never_the_window_of_a_segment_that_has_not_come_to_the_aggregate() {
            LanesToken segment = token(gaps(20), lane(5, 10, 3));

            LanesToken advanced = segment.advancedTo(LanesToken.marker(gaps(20), lane(5, 8, 5)));

            assertThat(advanced.lane()).isEqualTo(lane(5, 10, 3));
            assertThat(advanced.doneFor(5)).isEqualTo(gaps(8));
        }
    }
}
