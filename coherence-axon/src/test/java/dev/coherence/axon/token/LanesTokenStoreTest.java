package dev.coherence.axon.token;

import static dev.coherence.axon.token.Tokens.OPEN;
import static dev.coherence.axon.token.Tokens.merge;
import static dev.coherence.axon.token.Universe.gaps;
import static dev.coherence.axon.token.Universe.manyGaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.eventhandling.ReplayToken.createReplayToken;

import java.time.Duration;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What {@link TokenStore} documents, and what coherence adds, over each of Axon's stores. Axon publishes no suite for the
 * interface: its tests are of each concrete store, and its {@code TokenStoreTest} is of one default method.
 */
class LanesTokenStoreTest {

    @Nested
    class Contract extends OnEveryTokenStore {

        @Test
        void segments_are_initialized_without_a_token() {
            head = null;
            tx(() -> store.initializeTokenSegments(NAME, 3));

            assertThat(tx(() -> store.fetchSegments(NAME))).containsExactly(0, 1, 2);
            assertThat(tx(() -> store.fetchAvailableSegments(NAME)))
                    .containsExactlyInAnyOrder(segment(0), segment(1), segment(2));
            assertThat(fetched(1)).isNull();
            assertThat(tx(() -> store.fetchSegments("other"))).isEmpty();
            assertThat(store.requiresExplicitSegmentInitialization()).isTrue();
        }

        @Test
        void segments_that_are_initialized_without_a_token_have_seen_the_effects_that_are_visible() {
            tx(() -> store.initializeTokenSegments(NAME, 2));
            tx(() -> store.initializeTokenSegments("other", 1, null));

            assertThat(fetched(1)).isEqualTo(LanesToken.of(gaps(0), Lane.idleAt(head)));
            assertThat(tx(() -> store.fetchToken("other", 0))).isEqualTo(LanesToken.of(gaps(0), Lane.idleAt(head)));
        }

        @Test
        void segments_are_initialized_with_a_token() {
            tx(() -> store.initializeTokenSegments(NAME, 2, gaps(9, 7)));

            assertThat(fetched(1)).isEqualTo(StoredTokens.lift(gaps(9, 7)));
            assertThat(stored(1)).isEqualTo(gaps(9, 7));
        }

        @Test
        void segments_are_not_initialized_twice() {
            tx(() -> store.initializeTokenSegments(NAME, 2, gaps(9)));

            assertThatThrownBy(() -> tx(() -> store.initializeTokenSegments(NAME, 2, gaps(9))))
                    .isInstanceOf(UnableToClaimTokenException.class);
            assertThatThrownBy(() -> tx(() -> store.initializeSegment(gaps(9), NAME, 1)))
                    .isInstanceOf(Exception.class);
        }

        @Test
        void a_single_segment_is_initialized_with_the_given_token() {
            givenStored(gaps(5));

            tx(() -> store.initializeSegment(gaps(9), NAME, 1));

            assertThat(stored(0)).isEqualTo(gaps(5));
            assertThat(stored(1)).isEqualTo(gaps(9));
        }

        @Test
        void a_segment_that_is_not_there_cannot_be_fetched() {
            givenStored(gaps(5));

            assertThatThrownBy(() -> fetched(1)).isInstanceOf(UnableToClaimTokenException.class);
        }

        @Test
        void a_segment_that_is_deleted_is_gone() {
            givenStored(gaps(5), gaps(9));
            tx(() -> store.fetchToken(NAME, segment(1)));

            tx(() -> store.deleteToken(NAME, 1));

            assertThat(tx(() -> store.fetchSegments(NAME))).containsExactly(0);
        }

        @Test
        void a_claim_is_extended_and_released() {
            givenStored(gaps(5));
            tx(() -> store.fetchToken(NAME, segment(0)));

            tx(() -> store.extendClaim(NAME, 0));
            tx(() -> store.releaseClaim(NAME, 0));

            assertThat(tx(() -> store.fetchAvailableSegments(NAME))).hasSize(1);
        }

        @Test
        void the_identifier_is_that_of_the_decorated_store() {
            assertThat(tx(store::retrieveStorageIdentifier))
                    .isPresent()
                    .isEqualTo(tx(plain::retrieveStorageIdentifier));
        }
    }

    @Nested
    class Tokens_at_rest extends OnEveryTokenStore {

        @Test
        void of_plain_axon_are_read_at_once_and_left_as_they_were() {
            givenStored(gaps(9, 4));

            TrackingToken fetched = tx(() -> store.fetchToken(NAME, segment(0)));
            tx(() -> store.storeToken(fetched, NAME, 0));

            assertThat(fetched).isEqualTo(LanesToken.of(gaps(9, 4), Lane.idleAt(gaps(9, 4))));
            assertThat(stored(0)).isEqualTo(gaps(9, 4));
        }

        @Test
        void in_the_middle_of_a_replay_hold_it_and_afterwards_are_plain_again() {
            givenStored(gaps(9));
            LanesToken token = (LanesToken) tx(() -> store.fetchToken(NAME, segment(0)));
            LanesToken pending = token.advancedTo(LanesToken.event(gaps(10), Lane.idleAt(gaps(9))))
                    .advancedTo(LanesToken.marker(gaps(10), new Lane(gaps(9), gaps(10), 3)));

            tx(() -> store.storeToken(pending, NAME, 0));
            assertThat(stored(0)).isEqualTo(pending);
            assertThat(fetched(0)).isEqualTo(pending);

            LanesToken done = pending.advancedTo(LanesToken.marker(gaps(10), Lane.idleAt(gaps(10))));
            tx(() -> store.storeToken(done, NAME, 0));
            assertThat(stored(0)).isEqualTo(gaps(10));
        }

        @Test
        void of_a_reset_that_axon_builds_have_ours_outermost() {
            givenStored(LanesToken.of(gaps(9), OPEN));

            tx(() -> store.storeToken(createReplayToken(store.fetchToken(NAME, 0), gaps(5), "why"), NAME, 0));

            assertThat(stored(0))
                    .isEqualTo(
                            LanesToken.of(createReplayToken(gaps(9), gaps(5), "why"), new Lane(gaps(3), gaps(5), 40)));
        }

        /** Axon stores a replay around the merge, whose upper half jumps as soon as the lower one is past its position. */
        @Test
        void of_a_reset_during_a_merge_replay_each_half_up_to_its_own_position() {
            givenStored(merge(gaps(4), gaps(9)));

            tx(() -> store.storeToken(createReplayToken(store.fetchToken(NAME, 0), gaps(2)), NAME, 0));
            LanesToken token = (LanesToken) fetched(0);
            LanesToken advanced = token.advancedTo(LanesToken.event(gaps(5), Lane.idleAt(gaps(5))));
            tx(() -> store.storeToken(advanced, NAME, 0));

            assertThat(stored(0)).isEqualTo(merge(gaps(5), createReplayToken(gaps(9), gaps(5))));
        }

        /** A control of the tokens alone: no processor runs here. */
        @Test
        void of_a_reset_during_a_merge_have_the_upper_half_jump_in_plain_axons_algebra_of_tokens() {
            ReplayToken axons = (ReplayToken) createReplayToken(merge(gaps(4), gaps(9)), gaps(2));
            assertThat(((ReplayToken) axons.advancedTo(gaps(5))).getCurrentToken())
                    .as("from 5 to 9")
                    .isEqualTo(merge(gaps(5), gaps(9)));
        }

        @Test
        void fit_with_a_thousand_gaps_in_each_place() {
            LanesToken token = LanesToken.of(
                    manyGaps(1_000_009_000L),
                    new Lane(manyGaps(1_000_003_000L), manyGaps(1_000_006_000L), 1_000_002_000L));

            givenStored(token);

            assertThat(fetched(0)).isEqualTo(token);
        }

        @Test
        void of_a_merge_claim_what_both_halves_claim() {
            givenStored(LanesToken.of(gaps(9), OPEN), gaps(12));

            tx(() -> {
                TrackingToken merged = MergedTrackingToken.merged(store.fetchToken(NAME, 0), store.fetchToken(NAME, 1));
                store.deleteToken(NAME, 1);
                store.storeToken(merged, NAME, 0);
            });

            assertThat(stored(0)).isEqualTo(LanesToken.of(merge(gaps(9), gaps(12)), OPEN));
        }
    }

    @Nested
    class Options {

        @Test
        void that_are_missing_or_negative_are_refused() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> LanesTokenStore.builder()
                            .tokenStore(new InMemoryTokenStore())
                            .build())
                    .withMessageContaining("a head");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LanesTokenStore.builder().recheckAfter(Duration.ofSeconds(-1)));
        }
    }
}
