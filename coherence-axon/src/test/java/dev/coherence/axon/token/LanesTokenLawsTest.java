package dev.coherence.axon.token;

import static dev.coherence.axon.token.Universe.claims;
import static dev.coherence.axon.token.Universe.handled;
import static dev.coherence.axon.token.Universe.positions;
import static dev.coherence.axon.token.Universe.replayed;
import static dev.coherence.axon.token.Universe.union;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Axon and coherence rely on, for all tokens of a small universe. */
class LanesTokenLawsTest {

    /** For all live lanes with positions up to 3, and one lane of replays. */
    @Nested
    class Live_lanes {

        private static List<LanesToken> tokens(Universe universe) {
            return universe.plain(3).stream()
                    .map(live -> LanesToken.of(live, Lane.NOTHING))
                    .toList();
        }

        @ParameterizedTest
        @EnumSource
        void a_token_covers_another_if_and_only_if_it_makes_all_its_claims(Universe universe) {
            new Pairs<>(tokens(universe), Universe::claims).each(LanesTokenLawsTest::assertCovers);
        }

        @ParameterizedTest
        @EnumSource
        void covering_is_reflexive_and_transitive(Universe universe) {
            Pairs.assertPreorder(tokens(universe), LanesToken::covers);
        }

        @ParameterizedTest
        @EnumSource
        void an_event_adds_itself_and_takes_nothing_away(Universe universe) {
            for (LanesToken token : tokens(universe)) {
                for (TrackingToken live : universe.raw(3)) {
                    assertThat(handled(token.advancedTo(LanesToken.event(live, Lane.NOTHING))
                                    .live()))
                            .as("%s advanced to %s", token, live)
                            .isEqualTo(union(handled(token.live()), handled(live)));
                }
            }
        }
    }

    /** For all tokens with positions up to 2 and cursors up to 1; pairs of them without merges of merges. */
    @Nested
    class Both_lanes {

        @ParameterizedTest
        @EnumSource
        void a_token_covers_another_if_and_only_if_it_makes_all_its_claims(Universe universe) {
            new Pairs<>(universe.tokensForPairs(), Universe::claims).each(LanesTokenLawsTest::assertCovers);
        }

        @ParameterizedTest
        @EnumSource
        void covering_is_reflexive_and_transitive(Universe universe) {
            Pairs.assertPreorder(universe.tokensForPairs(), LanesToken::covers);
        }

        @ParameterizedTest
        @EnumSource
        void every_token_covers_null_and_a_plain_token_by_its_live_lane_only(Universe universe) {
            for (LanesToken token : universe.tokensForPairs()) {
                assertThat(token.covers(null)).isTrue();
                for (TrackingToken plain : universe.plain(2)) {
                    assertThat(token.covers(plain))
                            .as("%s covers %s", token, plain)
                            .isEqualTo(handled(token.live()).containsAll(handled(plain)));
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void a_lower_bound_is_covered_by_both_and_claims_what_both_claim(Universe universe) {
            new Pairs<>(universe.tokensForPairs(), Universe::claims).each((one, its, other, others) -> {
                LanesToken bound = (LanesToken) one.lowerBound(other);
                boolean right = one.covers(other)
                        ? bound.equals(other)
                        : other.covers(one)
                                ? bound.equals(one)
                                : isBelow(bound, one, its) && isBelow(bound, other, others);
                if (!right) {
                    throw new AssertionError("lower bound of " + one + " and " + other + ": " + bound);
                }
            });
        }

        private boolean isBelow(LanesToken bound, LanesToken token, Set<String> claims) {
            return token.covers(bound) && claims.containsAll(claims(bound));
        }

        @ParameterizedTest
        @EnumSource
        void the_lower_bound_of_a_plain_token_claims_what_both_claim(Universe universe) {
            for (LanesToken token : universe.tokensForPairs()) {
                for (TrackingToken plain : universe.plain(2)) {
                    TrackingToken bound = token.lowerBound(plain);
                    TrackingToken live = bound instanceof LanesToken lanes ? lanes.live() : bound;
                    assertThat(handled(live))
                            .as("lower bound of %s and %s", token, plain)
                            .isSubsetOf(handled(token.live()))
                            .isSubsetOf(handled(plain));
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void the_bounds_of_a_token_are_the_start_of_its_source_and_the_furthest_position_of_its_parts(
                Universe universe) {
            for (LanesToken token : universe.tokens()) {
                LanesToken lower = token.lowerBound();
                TrackingToken upper = token.upperBound();

                assertThat(token.covers(lower)).isTrue();
                assertThat(lower.lane()).isEqualTo(token.lane());
                assertThat(lower.live() instanceof WrappedToken || upper instanceof WrappedToken)
                        .isFalse();
                for (String part : Universe.PARTS) {
                    assertThat(positions(upper)).containsAll(handled(token.live(), part));
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void an_advance_loses_no_claim_and_makes_none_that_neither_side_makes(Universe universe) {
            List<LanesToken> messages = universe.messages();
            for (LanesToken token : universe.tokens()) {
                Set<String> before = handled(token.live());
                for (LanesToken message : messages) {
                    LanesToken advanced = token.advancedTo(message);
                    Set<String> live = message.isMarker() ? before : union(before, handled(message.live()));

                    assertThat(handled(advanced.live()))
                            .as("%s advanced to %s", token, message)
                            .isEqualTo(live);
                    assertThat(advanced.lane()).isEqualTo(token.lane().join(message.lane()));
                    assertThat(advanced.covers(token)).isTrue();
                    assertThat(token.upperBound(message)).isEqualTo(advanced);
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void a_message_is_seen_by_a_part_if_and_only_if_it_adds_no_claim_to_it(Universe universe) {
            List<LanesToken> messages = universe.messages();
            for (LanesToken token : universe.tokens()) {
                for (LanesToken message : messages) {
                    LanesToken advanced = token.advancedTo(message);
                    for (String part : Universe.PARTS) {
                        boolean seen = message.isMarker()
                                ? replayed(token.lane()).containsAll(replayed(message.lane()))
                                : handled(token.live(), part).containsAll(positions(message.live()));
                        assertThat(in(advanced, part).seen())
                                .as("%s was offered %s in %s", token, message, part)
                                .isEqualTo(seen);
                    }
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void the_part_of_a_segment_has_handled_what_the_segment_says_of_it(Universe universe) {
            for (LanesToken token : universe.tokens()) {
                for (String part : Universe.PARTS) {
                    assertThat(positions(
                                    in(token, part).ofReplayed() == null
                                            ? null
                                            : LiveLane.lowest(in(token, part).live())))
                            .as("%s in %s", token, part)
                            .isEqualTo(handled(token.live(), part));
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void a_sibling_of_the_last_message_changes_nothing(Universe universe) {
            for (LanesToken token : universe.tokens()) {
                for (LanesToken message : universe.messages()) {
                    LanesToken advanced = token.advancedTo(message);
                    assertThat(advanced.advancedTo(LanesToken.event(message.live(), message.lane())))
                            .isSameAs(advanced);
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void tokens_are_equal_if_and_only_if_their_lanes_are_whatever_led_to_them(Universe universe) {
            List<LanesToken> tokens = universe.tokens();

            assertThat(tokens).doesNotHaveDuplicates();
            for (LanesToken token : tokens) {
                LanesToken repeated =
                        token.advancedTo(LanesToken.event(universe.raw(2).get(0), Lane.NOTHING));
                LanesToken same = LanesToken.of(repeated.live(), repeated.lane());

                assertThat(repeated).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(token.live());
                assertThat(token.lowerBound().equals(token)).isEqualTo(!(token.live() instanceof WrappedToken));
            }
        }

        @ParameterizedTest
        @EnumSource
        void the_position_is_that_of_the_lower_bound_and_0_before_the_first_event(Universe universe) {
            for (LanesToken token : universe.tokens()) {
                TrackingToken lowest = WrappedToken.unwrapLowerBound(token.live());
                assertThat(token.position()).isEqualTo(lowest == null ? OptionalLong.of(0) : lowest.position());
            }
        }

        @ParameterizedTest
        @EnumSource
        void the_same_position_does_not_depend_on_the_lane_of_replays(Universe universe) {
            for (LanesToken token : universe.tokens()) {
                assertThat(token.samePositionAs(LanesToken.of(token.live(), Lane.NOTHING)))
                        .isTrue();
                assertThat(token.samePositionAs(null)).isFalse();
            }
        }
    }

    private static void assertCovers(LanesToken one, Set<String> its, LanesToken other, Set<String> others) {
        if (one.covers(other) != its.containsAll(others)) {
            throw new AssertionError(one + " covers " + other + ": " + one.covers(other));
        }
    }

    /** The part with this name; of a segment with a mask of no bits, its number has one bit for each letter. */
    private static SegmentPart in(LanesToken token, String name) {
        int value = (name.charAt(0) == 'U' ? 1 : 0) + (name.charAt(1) == 'U' ? 2 : 0);
        return token.in(Segment.ROOT_SEGMENT, segment -> segment.matches(value));
    }
}
