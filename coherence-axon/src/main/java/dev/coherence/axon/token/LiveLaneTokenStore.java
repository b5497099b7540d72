package dev.coherence.axon.token;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token store of a processor that takes no part in replays, or no longer: of a token of ours it reads the live lane, which
 * is the token that plain Axon would have. Such a token is in the store if the processor was stopped while replays were
 * pending; they are dropped, which a warning says once for each processor. Everything else is forwarded.
 *
 * <p>May be used by several threads if the decorated store may.
 */
public final class LiveLaneTokenStore extends ForwardingTokenStore {

    private static final Logger LOG = LoggerFactory.getLogger(LiveLaneTokenStore.class);

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** Decorates a token store. */
    public LiveLaneTokenStore(TokenStore delegate) {
        super(delegate);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, int segment) {
        return liveLane(delegate.fetchToken(processorName, segment), processorName);
    }

    @Override
    public @Nullable TrackingToken fetchToken(String processorName, Segment segment) {
        return liveLane(delegate.fetchToken(processorName, segment), processorName);
    }

    private @Nullable TrackingToken liveLane(@Nullable TrackingToken stored, String processorName) {
        if (!StoredTokens.holdsLanes(stored)) {
            return stored;
        }
        if (warned.add(processorName)) {
            LOG.warn(
                    "Processor '{}' takes no part in replays, but was stopped in the middle of one. The pending replays"
                            + " are dropped: what it shows of the affected aggregates may be out of date until it is reset.",
                    processorName);
        }
        return StoredTokens.live(StoredTokens.lift(stored));
    }
}
