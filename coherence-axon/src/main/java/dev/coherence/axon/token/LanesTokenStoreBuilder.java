package dev.coherence.axon.token;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.jspecify.annotations.Nullable;

/** Options of a {@link LanesTokenStore}. To be used by one thread. */
public final class LanesTokenStoreBuilder {

    private static final Duration LESS_THAN_ANY_CLAIM_TIMEOUT = Duration.ofSeconds(1);

    private @Nullable TokenStore tokenStore;
    private @Nullable Supplier<? extends @Nullable TrackingToken> head;
    private @Nullable Supplier<? extends @Nullable TrackingToken> tail;
    private Duration recheckAfter = LESS_THAN_ANY_CLAIM_TIMEOUT;

    LanesTokenStoreBuilder() {}

    /** The token store to decorate; required. */
    public LanesTokenStoreBuilder tokenStore(TokenStore store) {
        this.tokenStore = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * The positions that are visible now, with those below as gaps that are not, as a raw token of the same type as those of
     * the message source; null if there are none. Required. Called when a segment starts before all events.
     */
    public LanesTokenStoreBuilder head(Supplier<? extends @Nullable TrackingToken> visible) {
        this.head = Objects.requireNonNull(visible, "visible");
        return this;
    }

    /**
     * The tail token of the message source: one before its first event; null if there is no event. Required. Called when a
     * segment starts after position 0, which may be before all events if the first ones were deleted.
     */
    public LanesTokenStoreBuilder tail(Supplier<? extends @Nullable TrackingToken> beforeFirst) {
        this.tail = Objects.requireNonNull(beforeFirst, "beforeFirst");
        return this;
    }

    /**
     * After how long without a write to its row a segment is compared with the store again, before the next write. Must be
     * less than the claim timeout of the decorated store, by more than the clocks of the nodes differ; zero is each time. By
     * default one second, where Axon's claim timeout is ten: a segment that is under load writes more often than that.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public LanesTokenStoreBuilder recheckAfter(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("recheckAfter must be zero or more, but is " + duration + ".");
        }
        this.recheckAfter = duration;
        return this;
    }

    /**
     * Makes the store.
     *
     * @throws IllegalStateException if something required is missing
     */
    public LanesTokenStore build() {
        if (tokenStore == null || head == null || tail == null) {
            throw new IllegalStateException("A LanesTokenStore needs a tokenStore, a head and a tail.");
        }
        return new LanesTokenStore(tokenStore, new Beginning(head, tail), recheckAfter, System::nanoTime);
    }
}
