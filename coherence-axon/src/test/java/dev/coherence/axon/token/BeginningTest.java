package dev.coherence.axon.token;

import static dev.coherence.axon.token.Tokens.merge;
import static dev.coherence.axon.token.Universe.gaps;
import static dev.coherence.axon.token.Universe.handled;
import static dev.coherence.axon.token.Universe.positions;
import static dev.coherence.axon.token.Universe.replayed;
import static dev.coherence.axon.token.Universe.union;
import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.eventhandling.ReplayToken.createReplayToken;

import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BeginningTest {

    private static TrackingToken stored(TrackingToken token, TrackingToken head, TrackingToken tail) {
        return new Beginning(() -> head, () -> tail).stored(token);
    }

    /** For all tokens over a few positions, and all heads. */
    @Nested
    class Laws {

        @ParameterizedTest
        @EnumSource
        void a_start_claims_what_is_visible_if_and_only_if_no_part_has_handled_an_event(Universe universe) {
            for (TrackingToken head : universe.rawOrNull(3)) {
                for (TrackingToken plain : universe.plain(2)) {
                    LanesToken started = StoredTokens.lift(stored(plain, head, null));
                    boolean untouched = handled(plain).stream().noneMatch(event -> event.matches("event [1-9].*"));
                    boolean visible = positions(head).contains("1")
                            || positions(head).contains("2")
                            || positions(head).contains("3");

                    assertThat(started.live()).isEqualTo(plain);
                    assertThat(replayed(started.lane()))
                            .as("%s with %s visible", plain, head)
                            .isEqualTo(
                                    untouched && visible
                                            ? replayed(Lane.idleAt(head))
                                            : replayed(Lane.idleAt(LiveLane.lowest(plain))));
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void progress_is_stored_with_the_claims_that_it_has(Universe universe) {
            TrackingToken head = universe.raw(3).get(3);
            for (LanesToken token : universe.tokens()) {
                assertThat(stored(token, head, head)).isEqualTo(StoredTokens.store(token));
            }
        }

        /** Whatever becomes visible in whatever order: all ways to read on from the start, position by position. */
        @ParameterizedTest
        @EnumSource
        void the_claim_stays_until_the_live_lane_has_seen_it_all_and_then_the_store_is_plain(Universe universe) {
            for (TrackingToken head : universe.raw(3)) {
                LanesToken start = StoredTokens.lift(stored(ReplayToken.createReplayToken(head), head, null));
                readOn(universe, head, start, null);
            }
        }

        private void readOn(Universe universe, TrackingToken head, LanesToken token, TrackingToken last) {
            for (TrackingToken next : universe.raw(4)) {
                if (!isStep(last, next, head)) {
                    continue;
                }
                LanesToken advanced = token.advancedTo(LanesToken.event(next, Lane.idleAt(next)));
                Set<String> claims = replayed(advanced.lane());
                boolean caughtUp = Positions.covers(next, head);

                assertThat(claims)
                        .as("%s, %s after %s", head, next, last)
                        .isEqualTo(union(replayed(Lane.idleAt(head)), replayed(Lane.idleAt(next))));
                assertThat(StoredTokens.store(advanced) instanceof LanesToken)
                        .as("%s, %s after %s", head, next, last)
                        .isEqualTo(!caughtUp);
                readOn(universe, head, StoredTokens.lift(StoredTokens.store(advanced)), next);
            }
        }

        /** One position more; and as what is visible stays so, no gap where the head has none. */
        private boolean isStep(TrackingToken last, TrackingToken next, TrackingToken head) {
            Set<String> before = positions(last);
            Set<String> after = positions(next);
            long index = next.position().orElseThrow();
            boolean keeps = positions(head).stream()
                    .filter(position -> !position.equals("start") && Long.parseLong(position) <= index)
                    .allMatch(after::contains);
            return keeps && after.containsAll(before) && after.size() > before.size();
        }

        @ParameterizedTest
        @EnumSource
        void no_claim_is_invented_for_a_segment_beside_one_that_has_started_over(Universe universe) {
            List<TrackingToken> raw = universe.raw(3);
            for (TrackingToken head : raw) {
                LanesToken started = StoredTokens.lift(stored(ReplayToken.createReplayToken(head), head, null));
                for (TrackingToken other : raw) {
                    LanesToken beside = StoredTokens.lift(other);
                    LanesToken source = (LanesToken) started.lowerBound(beside).lowerBound(beside.lowerBound());
                    assertThat(replayed(beside.lane())).containsAll(replayed(source.lane()));

                    LanesToken message = LanesToken.event(raw.get(1), source.lane());
                    assertThat(replayed(beside.advancedTo(message).lane())).isEqualTo(replayed(beside.lane()));
                    assertThat(replayed(started.advancedTo(message).lane())).isEqualTo(replayed(started.lane()));
                }
            }
        }
    }

    @Nested
    class Old_events_that_were_deleted {

        @Test
        void do_not_count_so_a_start_at_the_tail_is_before_all_events() {
            assertThat(stored(gaps(1000), gaps(1200), gaps(1000)))
                    .isEqualTo(LanesToken.of(gaps(1000), Lane.idleAt(gaps(1200))));
            assertThat(stored(createReplayToken(gaps(1100), gaps(1000)), gaps(1200), gaps(1000)))
                    .isInstanceOf(LanesToken.class);
            assertThat(stored(gaps(1001), gaps(1200), gaps(1000))).isEqualTo(gaps(1001));
        }

        @Test
        void do_not_make_a_segment_that_has_handled_them_one_that_has_handled_nothing() {
            assertThat(stored(LanesToken.of(gaps(1000), Lane.idleAt(gaps(1000))), gaps(1200), gaps(1000)))
                    .isEqualTo(gaps(1000));
        }
    }

    @Test
    void a_merge_of_which_one_half_has_handled_events_claims_nothing_more() {
        TrackingToken merged = merge(gaps(0), gaps(9));

        assertThat(stored(merged, gaps(12), gaps(0))).isEqualTo(merged);
    }

    @Nested
    class A_start_without_a_token {

        @Test
        void is_before_all_events_and_claims_what_is_visible() {
            assertThat(stored(null, gaps(12, 7), gaps(0))).isEqualTo(LanesToken.of(gaps(0), Lane.idleAt(gaps(12, 7))));
            assertThat(stored(null, at(12), at(0))).isEqualTo(LanesToken.of(at(0), Lane.idleAt(at(12))));
        }

        /** The tail is told from what is visible: the event at 1 may be one that is about to be. */
        @Test
        void passes_nothing_over_that_becomes_visible_before_the_first_event() {
            assertThat(stored(null, gaps(3, 1), gaps(1))).isEqualTo(LanesToken.of(gaps(0), Lane.idleAt(gaps(3, 1))));
        }

        @Test
        void passes_nothing_over_where_the_first_event_is_at_0() {
            assertThat(stored(null, at(3), at(-1))).isEqualTo(LanesToken.of(at(-1), Lane.idleAt(at(3))));
        }

        @Test
        void is_stored_as_nothing_while_no_event_is_visible() {
            assertThat(stored(null, null, null)).isNull();
            assertThat(stored(null, gaps(0), gaps(0))).isNull();
        }

        private static TrackingToken at(long position) {
            return new GlobalSequenceTrackingToken(position);
        }
    }

    @Test
    void a_reset_of_halves_that_have_not_met_starts_both_over() {
        LanesToken halves = LanesToken.of(merge(gaps(5), gaps(9)), Tokens.OPEN);

        assertThat(stored(createReplayToken(halves, null), gaps(12), null))
                .isEqualTo(LanesToken.of(
                        merge(createReplayToken(gaps(5)), createReplayToken(gaps(9))), Lane.idleAt(gaps(12))));
    }
}
