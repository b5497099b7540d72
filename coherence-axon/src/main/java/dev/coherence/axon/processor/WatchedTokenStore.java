package dev.coherence.axon.processor;

import dev.coherence.axon.token.ForwardingTokenStore;
import java.util.List;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jspecify.annotations.Nullable;

/** Sees what a processor does with its tokens, and tells it after the commit. As thread-safe as the decorated store. */
final class WatchedTokenStore extends ForwardingTokenStore {

    private final ForgottenGaps gaps;
    private final WatchedProcessor watch;

    /**
     * @param delegate gives out tokens of two lanes
     */
    WatchedTokenStore(TokenStore delegate, ForgottenGaps gaps, WatchedProcessor watch) {
        super(delegate);
        this.gaps = gaps;
        this.watch = watch;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment) {
        TrackingToken passed = gaps.passed(token);
        super.storeToken(passed, processorName, segment);
        BatchCounts replayed = watch.countsOfBatch();
        Commits.after(() -> watch.stored(segment, passed, replayed));
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, Segment segment) {
        TrackingToken token = super.fetchToken(processorName, segment);
        Commits.after(() -> watch.fetched(segment.getSegmentId(), token, true));
        return token;
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, int segment) {
        TrackingToken token = super.fetchToken(processorName, segment);
        Commits.after(() -> watch.fetched(segment, token, false));
        return token;
    }

    @Override
    public void releaseClaim(String processorName, int segment) {
        super.releaseClaim(processorName, segment);
        Commits.after(() -> watch.released(segment));
    }

    @Override
    public void deleteToken(String processorName, int segment) {
        super.deleteToken(processorName, segment);
        Commits.after(() -> watch.deleted(segment));
    }

    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        List<Segment> available = super.fetchAvailableSegments(processorName);
        Commits.after(() -> watch.available(available));
        return available;
    }
}
