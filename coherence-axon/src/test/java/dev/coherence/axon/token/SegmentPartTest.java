package dev.coherence.axon.token;

import static dev.coherence.axon.token.Tokens.OPEN;
import static dev.coherence.axon.token.Tokens.idleEvent;
import static dev.coherence.axon.token.Tokens.lower;
import static dev.coherence.axon.token.Tokens.merge;
import static dev.coherence.axon.token.Tokens.token;
import static dev.coherence.axon.token.Tokens.upper;
import static dev.coherence.axon.token.Tokens.whole;
import static dev.coherence.axon.token.Universe.gaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.eventhandling.ReplayToken.createReplayToken;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SegmentPartTest {

    @Nested
    class A_merge {

        private final LanesToken merged = token(merge(gaps(5), gaps(9)), OPEN);

        @Test
        void gives_an_event_to_the_half_that_has_not_seen_it() {
            LanesToken advanced = merged.advancedTo(LanesToken.event(gaps(6), OPEN));

            assertThat(lower(advanced)).isEqualTo(new SegmentPart(gaps(6), OPEN, false));
            assertThat(upper(advanced)).isEqualTo(new SegmentPart(gaps(9), OPEN, true));
        }

        @Test
        void ends_when_the_halves_have_met() {
            LanesToken advanced = merged.advancedTo(LanesToken.event(gaps(9), OPEN));

            assertThat(advanced.live()).isEqualTo(gaps(9));
            assertThat(lower(advanced).seen()).isFalse();
            assertThat(upper(advanced).seen()).isTrue();
        }

        @Test
        void of_a_half_that_has_seen_nothing_starts_there() {
            LanesToken advanced = token(merge(null, gaps(9)), Lane.NOTHING).advancedTo(idleEvent(gaps(1)));

            assertThat(advanced.live()).isEqualTo(merge(gaps(1), gaps(9)));
            assertThat(lower(advanced).seen()).isFalse();
        }

        @Test
        void of_merges_is_taken_apart_down_to_the_part_that_handles_the_message() {
            LanesToken nested =
                    token(merge(gaps(9), merge(gaps(4), gaps(6))), OPEN).advancedTo(LanesToken.event(gaps(5), OPEN));

            SegmentPart last = nested.in(Segment.ROOT_SEGMENT, part -> part.matches(3));
            SegmentPart other = nested.in(Segment.ROOT_SEGMENT, part -> part.matches(1));

            assertThat(last).isEqualTo(new SegmentPart(gaps(6), OPEN, true));
            assertThat(other).isEqualTo(new SegmentPart(gaps(5), OPEN, false));
        }

        @Test
        void is_hidden_from_processors() {
            assertThat(merged.unwrap(MergedTrackingToken.class)).isEmpty();
            assertThat(MergedTrackingToken.isMergeInProgress(merged)).isFalse();
        }
    }

    @Nested
    class Tokens_of_handlers {

        @Test
        void are_axons_own() {
            TrackingToken replay = createReplayToken(gaps(5), gaps(2), "why");

            assertThat(whole(token(gaps(9), OPEN)).live()).isInstanceOf(GapAwareTrackingToken.class);
            assertThat(whole(token(replay, OPEN)).live()).isSameAs(replay);
        }

        @Test
        void of_replayed_events_are_replays_at_the_position_of_the_part() {
            SegmentPart part = upper(token(merge(gaps(5), createReplayToken(gaps(12), gaps(9, 8), "why")), OPEN));

            assertThat(ReplayToken.isReplay(part.ofReplayed())).isTrue();
            assertThat(WrappedToken.unwrapLowerBound(part.ofReplayed())).isEqualTo(gaps(9, 8));
            assertThat(ReplayToken.replayContext(part.ofReplayed(), String.class))
                    .isEmpty();
            assertThat(ReplayToken.isReplay(whole(token(gaps(9), OPEN)).ofReplayed()))
                    .isTrue();
        }

        @Test
        void of_replayed_events_are_none_where_nothing_was_seen() {
            assertThat(lower(token(merge(null, gaps(9)), OPEN)).ofReplayed()).isNull();
        }
    }

    @Nested
    class Positions_seen {

        @Test
        void are_those_of_the_part_that_handles_the_message() {
            LanesToken merged = token(merge(gaps(9, 4), gaps(5)), OPEN);

            assertThat(lower(merged).hasSeen(9)).isTrue();
            assertThat(lower(merged).hasSeen(4)).isFalse();
            assertThat(upper(merged).hasSeen(4)).isTrue();
            assertThat(upper(merged).hasSeen(6)).isFalse();
        }

        @Test
        void in_a_reset_are_those_since_the_reset() {
            SegmentPart part = whole(token(createReplayToken(gaps(9), gaps(5)), OPEN));

            assertThat(part.hasSeen(5)).isTrue();
            assertThat(part.hasSeen(6)).isFalse();
            assertThat(whole(token(createReplayToken(gaps(9), null), OPEN)).hasSeen(1))
                    .isFalse();
        }
    }
}
