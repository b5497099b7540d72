package org.axonframework.eventhandling;

import dev.coherence.axon.token.LanesTokenStore;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.jspecify.annotations.Nullable;

/** The decorator in the shape of the class that Axon's suites know; of its own it does nothing. */
public class DecoratedInMemoryTokenStore extends InMemoryTokenStore {

    private final TokenStore lanes = LanesTokenStore.builder()
            .tokenStore(new InMemoryTokenStore())
            .head(() -> null)
            .tail(() -> null)
            .build();

    @Override
    public void initializeTokenSegments(String processor, int count) {
        lanes.initializeTokenSegments(processor, count);
    }

    @Override
    public void initializeTokenSegments(String processor, int count, @Nullable TrackingToken token) {
        lanes.initializeTokenSegments(processor, count, token);
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
        lanes.storeToken(token, processor, segment);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processor, int segment) {
        return lanes.fetchToken(processor, segment);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processor, Segment segment) {
        return lanes.fetchToken(processor, segment);
    }

    @Override
    public void extendClaim(String processor, int segment) {
        lanes.extendClaim(processor, segment);
    }

    @Override
    public void releaseClaim(String processor, int segment) {
        lanes.releaseClaim(processor, segment);
    }

    @Override
    public void deleteToken(String processor, int segment) {
        lanes.deleteToken(processor, segment);
    }

    @Override
    public void initializeSegment(@Nullable TrackingToken token, String processor, int segment) {
        lanes.initializeSegment(token, processor, segment);
    }

    @Override
    public boolean requiresExplicitSegmentInitialization() {
        return lanes.requiresExplicitSegmentInitialization();
    }

    @Override
    public int[] fetchSegments(String processor) {
        return lanes.fetchSegments(processor);
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processor) {
        return lanes.fetchAvailableSegments(processor);
    }

    @Override
    public Optional<String> retrieveStorageIdentifier() {
        return lanes.retrieveStorageIdentifier();
    }
}
