package dev.coherence.axon.token;

import static dev.coherence.axon.token.Tokens.OPEN;
import static dev.coherence.axon.token.Tokens.merge;
import static dev.coherence.axon.token.Universe.gaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.eventhandling.ReplayToken.createReplayToken;

import java.time.Duration;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackerStatus;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a segment over all stores: it starts over, is split, or is changed behind the back of its processor. */
class StoredSegmentsTest {

    @Nested
    class A_start_before_all_events extends OnEveryTokenStore {

        private final Lane visible = Lane.idleAt(head);

        @Test
        void claims_the_effects_that_are_visible() {
            tx(() -> store.initializeTokenSegments(NAME, 2, createReplayToken(gaps(12))));
            tx(() -> store.initializeTokenSegments("others", 1, gaps(0)));

            assertThat(stored(1)).isEqualTo(LanesToken.of(createReplayToken(gaps(12)), visible));
            assertThat(tx(() -> plain.fetchToken("others", 0))).isEqualTo(LanesToken.of(gaps(0), visible));
        }

        @Test
        void may_be_a_full_reset() {
            givenStored(gaps(12));

            tx(() -> store.storeToken(createReplayToken(store.fetchToken(NAME, 0), gaps(0), "why"), NAME, 0));

            assertThat(stored(0)).isEqualTo(LanesToken.of(createReplayToken(gaps(12), gaps(0), "why"), visible));
        }

        @Test
        void keeps_its_claim_until_the_live_lane_has_come_so_far_and_is_plain_then() {
            givenStored(head);
            tx(() -> store.storeToken(createReplayToken(store.fetchToken(NAME, 0), null), NAME, 0));

            LanesToken token = (LanesToken) fetched(0);
            for (TrackingToken live : new TrackingToken[] {gaps(1), gaps(9), gaps(11, 10)}) {
                token = token.advancedTo(LanesToken.event(live, Lane.idleAt(live)));
                LanesToken progress = token;
                tx(() -> store.storeToken(progress, NAME, 0));
                assertThat(((LanesToken) stored(0)).lane()).isEqualTo(visible);
            }
            LanesToken over = token.advancedTo(LanesToken.event(gaps(13, 10), Lane.idleAt(gaps(13, 10))));
            tx(() -> store.storeToken(over, NAME, 0));

            assertThat(stored(0)).isEqualTo(gaps(13, 10));
        }

        @Test
        void is_not_a_partial_reset() {
            givenStored(gaps(12));

            tx(() -> store.storeToken(createReplayToken(store.fetchToken(NAME, 0), gaps(1)), NAME, 0));

            assertThat(stored(0)).isEqualTo(createReplayToken(gaps(12), gaps(1)));
        }

        @Test
        void of_an_empty_store_claims_nothing() {
            head = null;

            tx(() -> store.initializeTokenSegments(NAME, 1, gaps(0)));

            assertThat(stored(0)).isEqualTo(gaps(0));
        }
    }

    @Nested
    class A_split extends OnEveryTokenStore {

        private void split() {
            split(store);
        }

        /** As Axon's pooled processor does it. */
        private void split(TokenStore tokens) {
            tx(() -> {
                TrackingToken token = tokens.fetchToken(NAME, segment(0));
                TrackerStatus[] halves = TrackerStatus.split(segment(0), token);
                tokens.initializeSegment(halves[1].getInternalTrackingToken(), NAME, 1);
            });
        }

        /** The control run. */
        @Test
        void of_a_merge_leaves_the_whole_merge_to_the_parent_with_plain_axon() {
            givenStored(merge(gaps(5), gaps(9)));

            split(plain);

            assertThat(stored(0)).isEqualTo(merge(gaps(5), gaps(9)));
            assertThat(stored(1)).isEqualTo(gaps(9));
        }

        @Test
        void of_a_merge_leaves_to_each_its_half() {
            givenStored(merge(gaps(5), gaps(9)));

            split();

            assertThat(stored(0)).isEqualTo(gaps(5));
            // A merge has one lane of replays, which is where its lower half is.
            assertThat(stored(1)).isEqualTo(LanesToken.of(gaps(9), Lane.idleAt(gaps(5))));
        }

        @Test
        void of_a_merge_replaces_the_token_of_the_parent_too() {
            givenStored(LanesToken.of(merge(gaps(5), gaps(9)), OPEN));

            split();

            assertThat(stored(0)).isEqualTo(LanesToken.of(gaps(5), OPEN));
            assertThat(stored(1)).isEqualTo(LanesToken.of(gaps(9), OPEN));
        }

        /** Axon's tracking processor hands over the lower bound of its token only. */
        @Test
        void of_a_reset_is_two_resets_whatever_token_the_processor_hands_over() {
            TrackingToken replay = createReplayToken(gaps(9), gaps(4), "why");
            givenStored(replay);

            tx(() -> {
                LanesToken token = (LanesToken) store.fetchToken(NAME, segment(0));
                store.initializeSegment(token.lowerBound(), NAME, 1);
            });

            assertThat(stored(0)).isEqualTo(replay);
            assertThat(stored(1)).isEqualTo(replay);
        }

        @Test
        void of_a_start_before_all_events_leaves_its_claim_to_both() {
            LanesToken start = LanesToken.of(createReplayToken(gaps(12)), Lane.idleAt(head));
            givenStored(start);

            split();

            assertThat(stored(0)).isEqualTo(start);
            assertThat(stored(1)).isEqualTo(start);
        }

        @Test
        void of_a_segment_that_is_split_already_is_refused() {
            givenStored(gaps(9), gaps(9));

            assertThatThrownBy(() -> tx(() -> store.initializeSegment(StoredTokens.lift(gaps(9)), NAME, 1)))
                    .isInstanceOf(Exception.class);
        }

        @Test
        void goes_on_with_the_lower_half() {
            givenStored(gaps(9));
            split();

            tx(() -> store.releaseClaim(NAME, 0));

            assertThat(fetched(0)).isNotNull();
        }
    }

    /** Axon's in-memory store lets it pass; over it, two processors of one JVM are kept apart as two nodes are. */
    @Nested
    class A_segment_that_is_not_what_it_was extends OnEveryTokenStore {

        private final Segment whole = Segment.ROOT_SEGMENT;

        @Test
        void is_not_fetched_by_number_after_its_claim_was_released() {
            givenStored(gaps(9));
            tx(() -> store.fetchToken(NAME, whole));
            tx(() -> store.releaseClaim(NAME, 0));
            tx(() -> plain.initializeSegment(gaps(9), NAME, 1));

            assertThatThrownBy(() -> fetched(0))
                    .isInstanceOf(UnableToClaimTokenException.class)
                    .hasMessageContaining("split or merged");
        }

        @Test
        void is_fetched_by_whoever_has_looked_at_the_segments_first() {
            givenStored(gaps(9));
            tx(() -> store.fetchToken(NAME, whole));
            tx(() -> store.releaseClaim(NAME, 0));
            tx(() -> plain.initializeSegment(gaps(9), NAME, 1));

            tx(() -> store.fetchSegments(NAME));

            assertThat(fetched(0)).isNotNull();
        }

        @Test
        void is_fetched_in_another_thread_as_for_a_reset() throws Exception {
            givenStored(gaps(9));
            Thread worker = new Thread(() -> {
                tx(() -> store.fetchToken(NAME, whole));
                tx(() -> store.releaseClaim(NAME, 0));
            });
            worker.start();
            worker.join();
            tx(() -> plain.initializeSegment(gaps(9), NAME, 1));

            assertThat(fetched(0)).isNotNull();
        }

        @Test
        void is_not_fetched_as_the_segment_that_it_was() {
            givenStored(gaps(9), gaps(9));

            assertThatThrownBy(() -> tx(() -> store.fetchToken(NAME, whole)))
                    .isInstanceOf(UnableToClaimTokenException.class);
        }

        @Test
        void is_refused_once_and_then_fetched_as_it_is_now() {
            givenStored(gaps(9));
            tx(() -> store.fetchToken(NAME, whole));
            tx(() -> plain.initializeSegment(gaps(9), NAME, 1));

            assertThatThrownBy(() -> fetched(0)).isInstanceOf(UnableToClaimTokenException.class);

            assertThat(fetched(0)).isNotNull();
            assertThat(tx(() -> store.fetchToken(NAME, segment(0)))).isNotNull();
        }

        @Test
        void was_merged_by_this_node_itself_and_is_stored() {
            givenStored(gaps(9), gaps(12));
            store = LanesTokenStore.builder()
                    .tokenStore(plain)
                    .head(() -> head)
                    .tail(() -> null)
                    .recheckAfter(Duration.ZERO)
                    .build();
            TrackingToken lower = tx(() -> store.fetchToken(NAME, segment(0)));
            TrackingToken upper = tx(() -> store.fetchToken(NAME, segment(1)));

            tx(() -> {
                store.deleteToken(NAME, 1);
                store.storeToken(new MergedTrackingToken(lower, upper), NAME, 0);
            });

            assertThat(stored(0)).isEqualTo(merge(gaps(9), gaps(12)));
        }
    }
}
