package dev.coherence.axon.stream;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.token.StoredTokens;
import dev.coherence.axon.vault.CachedKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.LongSupplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The event store as a processor sees it whose groups take part in replays. Its streams carry the live events, and while
 * aggregates are to be replayed, a marker for each of them between the live events; all with tokens of two lanes. Thread-safe;
 * a stream is for one thread.
 */
public final class LanesSource implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final ReplayIndex index;
    private final Set<String> groups;
    private final ReplaySettings settings;
    private final CachedKeys keys;
    private final LongSupplier nanoTime;
    private final Set<MarkersInFlight> inFlight = new CopyOnWriteArraySet<>();

    /**
     * @param events the event store
     * @param index tells which aggregates are affected
     * @param groups the processing groups of the processor that take part
     * @param settings how live events and replays take turns
     * @param keys forgets keys whose end a stream tells, and all when a stream opens, which may be in the middle of a replay
     */
    public LanesSource(
            StreamableMessageSource<TrackedEventMessage<?>> events,
            ReplayIndex index,
            Set<String> groups,
            ReplaySettings settings,
            CachedKeys keys) {
        this(events, index, groups, settings, keys, System::nanoTime);
    }

    LanesSource(
            StreamableMessageSource<TrackedEventMessage<?>> events,
            ReplayIndex index,
            Set<String> groups,
            ReplaySettings settings,
            CachedKeys keys,
            LongSupplier nanoTime) {
        this.events = requireNonNull(events, "events");
        this.index = requireNonNull(index, "index");
        this.groups = Set.copyOf(groups);
        this.settings = requireNonNull(settings, "settings");
        this.keys = requireNonNull(keys, "keys");
        this.nanoTime = nanoTime;
    }

    /**
     * Opens a stream.
     *
     * @param token what the reader has handled: a token of ours, a plain one of a reader that has nothing to replay, or null
     */
    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        LanesToken start = token instanceof LanesToken lanes ? lanes : StoredTokens.lift(token);
        MarkersInFlight markers = new MarkersInFlight(settings.aggregatesAtOnce(), nanoTime);
        ReplayLane lane = new ReplayLane(index, groups, markers, keys, start);
        BlockingStream<TrackedEventMessage<?>> live = events.openStream(start == null ? null : start.live());
        keys.forgetAll();
        inFlight.add(markers); // last: nobody closes a stream that could not be opened, and processors try for ever
        return new LanesStream(live, lane, markers, new Turns(settings.share()), () -> inFlight.remove(markers));
    }

    /** How many streams are open. */
    int open() {
        return inFlight.size();
    }

    /** To be told when the processor has given up a segment, or handles it anew from its stored token. */
    public void released(Segment segment) {
        inFlight.forEach(markers -> markers.released(segment.getSegmentId()));
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return events.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return events.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        return events.createTokenAt(dateTime);
    }

    @Override
    public @Nullable TrackingToken createTokenSince(Duration duration) {
        return events.createTokenSince(duration);
    }
}
