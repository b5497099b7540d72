package dev.coherence.axon.token;

import static dev.coherence.axon.token.Tokens.lane;
import static dev.coherence.axon.token.Universe.gaps;
import static dev.coherence.axon.token.Universe.replayed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MultiSourceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaneTest {

    /** For all lanes with positions up to 4, with gaps and without, and cursors up to 2. */
    @Nested
    class Laws {

        @ParameterizedTest
        @EnumSource
        void the_canonical_form_keeps_all_claims(Universe universe) {
            for (TrackingToken done : universe.rawOrNull(4)) {
                for (TrackingToken window : universe.rawOrNull(4)) {
                    for (long cursor = 0; cursor <= 2; cursor++) {
                        assertThat(replayed(new Lane(done, window, cursor)))
                                .as("%s, %s, %d", done, window, cursor)
                                .isEqualTo(replayed(done, window, cursor));
                    }
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void lanes_are_equal_if_and_only_if_their_claims_are(Universe universe) {
            List<Lane> lanes = universe.lanes(4, 2);

            assertThat(lanes.stream().map(Universe::replayed)).doesNotHaveDuplicates();
            for (Lane lane : lanes) {
                Lane same = new Lane(lane.done(), lane.window(), lane.cursor());
                assertThat(same).isEqualTo(lane).hasSameHashCodeAs(lane);
            }
        }

        @ParameterizedTest
        @EnumSource
        void a_lane_covers_another_if_and_only_if_it_makes_all_its_claims(Universe universe) {
            new Pairs<>(universe.lanes(4, 2), Universe::replayed).each((one, its, other, others) -> {
                if (one.covers(other) != its.containsAll(others)) {
                    throw new AssertionError(one + " covers " + other + ": " + one.covers(other));
                }
            });
        }

        @ParameterizedTest
        @EnumSource
        void covering_is_reflexive_and_transitive(Universe universe) {
            Pairs.assertPreorder(universe.lanes(4, 2), Lane::covers);
        }

        @ParameterizedTest
        @EnumSource
        void the_lower_lane_is_covered_by_both_and_claims_what_both_claim(Universe universe) {
            new Pairs<>(universe.lanes(4, 2), Universe::replayed).each((one, its, other, others) -> {
                Lane lower = one.lower(other);
                Set<String> claims = replayed(lower);
                boolean unchanged = one.covers(other) ? lower.equals(other) : !other.covers(one) || lower.equals(one);
                if (!one.covers(lower)
                        || !other.covers(lower)
                        || !its.containsAll(claims)
                        || !others.containsAll(claims)
                        || !unchanged) {
                    throw new AssertionError("lower of " + one + " and " + other + ": " + lower);
                }
            });
        }

        @ParameterizedTest
        @EnumSource
        void a_joined_lane_claims_its_own_side_and_what_is_done_on_the_other_and_nothing_that_neither_does(
                Universe universe) {
            new Pairs<>(universe.lanes(4, 2), Universe::replayed).each((one, its, other, others) -> {
                Lane joined = one.join(other);
                Set<String> either = new HashSet<>(its);
                either.addAll(others);
                if (!replayed(joined).containsAll(its)
                        || !replayed(joined).containsAll(replayed(Lane.idleAt(other.done())))
                        || !either.containsAll(replayed(joined))) {
                    throw new AssertionError("join of " + one + " and " + other + ": " + joined);
                }
                if (others.containsAll(its) && !joined.equals(other)) {
                    throw new AssertionError(one + " did not go on to " + other);
                }
            });
        }

        @ParameterizedTest
        @EnumSource
        void a_claim_is_found_by_position_and_number(Universe universe) {
            for (Lane lane : universe.lanes(4, 2)) {
                for (long effect = 1; effect <= 4; effect++) {
                    for (long aggregate = 1; aggregate <= Universe.LAST_AGGREGATE; aggregate++) {
                        assertThat(lane.claims(effect, aggregate))
                                .as("%s, effect %d, aggregate %d", lane, effect, aggregate)
                                .isEqualTo(replayed(lane).contains("aggregate " + aggregate + " for " + effect));
                    }
                }
            }
        }
    }

    @Nested
    class Canonical_form {

        @Test
        void a_window_in_which_nothing_is_done_is_none() {
            assertThat(lane(1, 5, 0)).isEqualTo(Lane.idleAt(gaps(1)));
        }

        @Test
        void a_window_that_is_done_is_none() {
            assertThat(lane(5, 5, 3)).isEqualTo(Lane.idleAt(gaps(5)));
        }

        @Test
        void a_window_has_seen_what_is_done() {
            assertThat(new Lane(gaps(3), gaps(5, 2), 1)).isEqualTo(lane(3, 5, 1));
        }

        @Test
        void negative_cursors_and_wrapped_tokens_are_refused() {
            TrackingToken replay = ReplayToken.createReplayToken(gaps(1));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> lane(1, 2, -1))
                    .withMessageContaining("-1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Lane.idleAt(replay))
                    .withMessageContaining("raw tokens");
        }
    }

    @Nested
    class Claims {

        @Test
        void an_effect_in_the_window_is_claimed_up_to_the_cursor_and_one_that_is_done_for_all() {
            Lane lane = lane(3, 7, 40);

            assertThat(lane.claims(3, 1_000)).isTrue();
            assertThat(lane.claims(4, 40)).isTrue();
            assertThat(lane.claims(4, 41)).isFalse();
            assertThat(lane.claims(8, 1)).isFalse();
        }

        @Test
        void an_effect_in_a_gap_is_not_claimed() {
            assertThat(Lane.idleAt(gaps(7, 5)).claims(5, 1)).isFalse();
        }

        @Test
        void sequence_numbers_have_no_gaps() {
            assertThat(Lane.idleAt(new GlobalSequenceTrackingToken(7)).claims(5, 1))
                    .isTrue();
        }

        @Test
        void a_token_that_does_not_tell_its_positions_is_refused_by_name() {
            Lane lane = Lane.idleAt(new MultiSourceTrackingToken(Map.of()));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> lane.claims(1, 1))
                    .withMessageContaining(MultiSourceTrackingToken.class.getName());
        }
    }

    @Nested
    class Order {

        @Test
        void a_lane_that_has_done_a_window_covers_it_whatever_its_cursor() {
            assertThat(lane(5, 9, 1).covers(lane(3, 5, 80))).isTrue();
        }

        @Test
        void within_one_window_the_higher_cursor_covers_the_lower_one() {
            assertThat(lane(3, 5, 80).covers(lane(3, 5, 79))).isTrue();
            assertThat(lane(3, 5, 79).covers(lane(3, 5, 80))).isFalse();
        }

        @Test
        void a_later_window_does_not_cover_a_higher_cursor_in_an_earlier_one() {
            assertThat(lane(3, 9, 1).covers(lane(3, 5, 80))).isFalse();
            assertThat(lane(3, 5, 80).covers(lane(3, 9, 1))).isFalse();
        }

        @Test
        void the_lower_one_of_two_windows_is_what_both_have_seen_up_to_the_lower_cursor() {
            assertThat(lane(3, 9, 1).lower(lane(2, 5, 80))).isEqualTo(lane(2, 5, 1));
        }

        @Test
        void the_cursor_of_a_lane_that_has_done_the_lower_window_does_not_count() {
            Lane done = lane(5, 9, 1);

            assertThat(done.lower(new Lane(gaps(3), gaps(12, 6, 7, 8, 9), 80))).isEqualTo(lane(3, 5, 80));
        }

        @Test
        void a_join_unites_what_is_done_where_each_side_has_gaps_of_its_own() {
            TrackingToken own = GapAwareTrackingToken.newInstance(4, List.of(2L));
            TrackingToken streams = GapAwareTrackingToken.newInstance(6, List.of(1L, 2L));

            assertThat(Lane.idleAt(own).join(Lane.idleAt(streams)))
                    .isEqualTo(Lane.idleAt(GapAwareTrackingToken.newInstance(6, List.of(2L))));
        }

        @Test
        void a_join_goes_on_to_a_lane_that_covers_its_own_and_else_keeps_its_own() {
            Lane own = lane(3, 5, 80);

            assertThat(own.join(lane(3, 5, 81))).isEqualTo(lane(3, 5, 81));
            assertThat(own.join(Lane.idleAt(gaps(5)))).isEqualTo(Lane.idleAt(gaps(5)));
            assertThat(own.join(lane(3, 9, 1))).isEqualTo(own);
            assertThat(own.join(Lane.NOTHING)).isEqualTo(own);
        }
    }
}
