package dev.coherence.axon.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.simulation.MemoryDatabase.Table;
import dev.coherence.axon.simulation.MemoryTokenStore.Entry;
import dev.coherence.axon.token.LanesTokenStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.Test;

/** What the simulation has found out about the token store, each in a few lines. */
class LostClaimTest {

    private static final String P = Node.PROCESSOR;
    private static final Segment ROOT = Segment.ROOT_SEGMENT;

    private final Table<Integer, Entry> rows = new MemoryDatabase().table();
    private final TokenStore one = node("one");
    private final TokenStore other = node("other");

    private TokenStore node(String name) {
        return lanes(new MemoryTokenStore(rows, name, Duration.ofSeconds(10)), Duration.ofSeconds(5));
    }

    private static TokenStore lanes(TokenStore plain, Duration recheckAfter) {
        return LanesTokenStore.builder()
                .tokenStore(plain)
                .head(() -> null)
                .tail(() -> null)
                .recheckAfter(recheckAfter)
                .build();
    }

    private static TrackingToken at(long position) {
        return GapAwareTrackingToken.newInstance(position, List.of());
    }

    /** The tracking processor splits when it wakes up after an error, before it claims the segment again. */
    @Test
    void a_split_of_a_segment_that_another_node_has_claimed_meanwhile_is_refused_also_without_a_token() {
        one.initializeTokenSegments(P, 1, null);
        TrackingToken none = one.fetchToken(P, ROOT);
        one.releaseClaim(P, 0);
        other.fetchToken(P, ROOT);
        other.storeToken(at(7), P, 0);

        assertThatThrownBy(() -> one.initializeSegment(none, P, 1)).isInstanceOf(UnableToClaimTokenException.class);
    }

    /** The other node has not gone on with the segment, but merged it: then it would be there twice. */
    @Test
    void a_split_of_a_segment_that_another_node_has_merged_meanwhile_is_refused() {
        for (TrackingToken initial : Arrays.asList(null, at(2))) {
            one.initializeTokenSegments(P, 2, initial);
            TrackingToken known = one.fetchToken(P, ROOT.split()[0]);
            one.releaseClaim(P, 0);
            TrackingToken lower = other.fetchToken(P, ROOT.split()[0]);
            TrackingToken upper = other.fetchToken(P, ROOT.split()[1]);
            other.deleteToken(P, 1);
            other.storeToken(MergedTrackingToken.merged(lower, upper), P, 0);
            other.releaseClaim(P, 0);

            assertThatThrownBy(() -> one.initializeSegment(known, P, 2))
                    .isInstanceOf(UnableToClaimTokenException.class);
            other.fetchToken(P, ROOT);
            other.deleteToken(P, 0);
        }
    }

    /** The same with a merge. Meanwhile another node has gone on with the segment, and released it. */
    @Test
    void a_merge_never_stores_less_than_is_stored() {
        one.initializeTokenSegments(P, 2, at(2));
        one.storeToken(at(8), P, 1);
        TrackingToken known = one.fetchToken(P, ROOT.split()[0]);
        one.releaseClaim(P, 0);
        other.fetchToken(P, ROOT.split()[0]);
        other.storeToken(at(5), P, 0);
        other.releaseClaim(P, 0);

        try {
            TrackingToken fetched = one.fetchToken(P, 1);
            one.fetchSegments(P);
            one.deleteToken(P, 1);
            one.storeToken(new MergedTrackingToken(known, fetched), P, 0);
        } catch (UnableToClaimTokenException e) {
            return; // just as well
        }
        MergedTrackingToken stored = (MergedTrackingToken) rows.get(0).token();
        assertThat(stored.lowerSegmentToken()).isEqualTo(at(5));
        assertThat(stored.upperSegmentToken()).isEqualTo(at(8));
    }

    /** The tracking processor does this with each batch that takes longer than a second. */
    @Test
    void a_token_that_was_stored_stays_so_when_the_claim_is_extended_in_the_same_transaction() {
        try (TestStore store = TestStore.Engine.H2_JPA.open()) {
            TokenStore node = lanes(
                    store.tokenStore("one", Duration.ofSeconds(10), Serializers.JACKSON_2.serializer()), Duration.ZERO);
            store.transactions.executeInTransaction(() -> node.initializeTokenSegments(P, 1, at(2)));
            TrackingToken before = store.transactions.fetchInTransaction(() -> node.fetchToken(P, ROOT));

            store.transactions.executeInTransaction(() -> {
                node.storeToken(WrappedToken.advance(before, at(5)), P, 0);
                node.extendClaim(P, 0);
            });

            TrackingToken after = store.transactions.fetchInTransaction(() -> node.fetchToken(P, ROOT));
            assertThat(after.position()).hasValue(5);
        }
    }
}
