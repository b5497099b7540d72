package dev.coherence.axon.simulation;

import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.token.SeenPositions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/** The tokens that are stored in a run, looked at from outside. */
record Tokens(Place place, Truth truth) {

    /** Returns why the segments are not at rest: their tokens have seen all events, and are Axon's. Empty if they are. */
    List<String> unrest() {
        try {
            List<String> unrest = new ArrayList<>();
            Map<Integer, TrackingToken> tokens = all();
            if (tokens.isEmpty()) {
                unrest.add("no node has made segments yet");
            }
            tokens.forEach((segment, token) -> {
                boolean plain = token == null
                        || WrappedToken.unwrap(token, LanesToken.class).isEmpty();
                TrackingToken seen = plain ? WrappedToken.unwrapLowerBound(token) : null;
                if (truth.facts().stream().anyMatch(fact -> !SeenPositions.contains(seen, fact.number()))) {
                    unrest.add("segment %d stays at %s".formatted(segment, token));
                }
            });
            return unrest;
        } catch (UnableToClaimTokenException e) {
            return List.of(e.toString());
        }
    }

    int[] segments() {
        return place.transactions()
                .fetchInTransaction(
                        () -> place.tokenStore("judge", Duration.ZERO).fetchSegments(Node.PROCESSOR));
    }

    /** What is stored, looked at without changing it: in a transaction that claims the segment, and is rolled back. */
    private Map<Integer, TrackingToken> all() {
        TokenStore store = place.tokenStore("judge", Duration.ZERO);
        Map<Integer, TrackingToken> tokens = new TreeMap<>();
        for (int segment : segments()) {
            Transaction transaction = place.transactions().startTransaction();
            try {
                tokens.put(segment, store.fetchToken(Node.PROCESSOR, segment));
            } finally {
                transaction.rollback();
            }
        }
        return tokens;
    }

    /** So much of what all segments have handled; null is nothing. */
    TrackingToken seen(double part) {
        GapAwareTrackingToken lowest = null;
        for (TrackingToken token : all().values()) {
            GapAwareTrackingToken seen = (GapAwareTrackingToken)
                    WrappedToken.unwrapLowerBound(token instanceof LanesToken lanes ? lanes.live() : token);
            if (seen == null) {
                return null;
            }
            lowest = lowest == null ? seen : lowest.lowerBound(seen);
        }
        if (lowest == null) {
            return null;
        }
        GapAwareTrackingToken lower = lowest;
        List<Long> numbers = truth.facts().stream()
                .map(Truth.Fact::number)
                .filter(number -> SeenPositions.contains(lower, number))
                .toList();
        int count = (int) (numbers.size() * part);
        return count == 0
                ? null
                : GapAwareTrackingToken.newInstance(
                        numbers.get(count - 1), lower.getGaps().headSet(numbers.get(count - 1)));
    }
}
