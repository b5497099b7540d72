package org.axonframework.eventhandling.pooled;

import static java.util.Objects.requireNonNull;
import static org.mockito.Mockito.spy;

import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.axon.stream.LanesSource;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.vault.CachedKeys;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Set;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DecoratedInMemoryTokenStore;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.utils.InMemoryStreamableEventSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Axon's suite of the pooled processor, over the decorated source and token store. The invoker is a mock of its own, so that no
 * marker is expanded here.
 */
class LanesInAxonsPooledSuiteTest extends PooledStreamingEventProcessorTest {

    @BeforeEach
    void decorate() throws ReflectiveOperationException {
        set("stubMessageSource", new Source());
        set("tokenStore", spy(new DecoratedInMemoryTokenStore()));
        Method create = PooledStreamingEventProcessorTest.class.getDeclaredMethod("createTestSubject");
        create.setAccessible(true);
        set("testSubject", create.invoke(this));
    }

    private void set(String name, Object value) {
        try {
            Field field = PooledStreamingEventProcessorTest.class.getDeclaredField(name);
            field.setAccessible(true);
            field.set(this, value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    /** A token that was reset is compared with a plain one, which ours has as its live lane. */
    private void setStoreThatShowsTheLiveLaneAfterAReset() {
        set("tokenStore", new DecoratedInMemoryTokenStore() {

            private boolean isReset;

            @Override
            public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
                super.storeToken(token, processor, segment);
                isReset |= token instanceof ReplayToken replay && replay.getTokenAtReset() instanceof LanesToken;
            }

            @Override
            public @Nullable TrackingToken fetchToken(String processor, int segment) {
                TrackingToken token = super.fetchToken(processor, segment);
                return isReset ? ((LanesToken) requireNonNull(token)).live() : token;
            }
        });
    }

    @Test
    @Override
    void resetTokens() {
        setStoreThatShowsTheLiveLaneAfterAReset();
        super.resetTokens();
    }

    @Test
    @Override
    void resetTokensWithContext() {
        setStoreThatShowsTheLiveLaneAfterAReset();
        super.resetTokensWithContext();
    }

    @Test
    @Override
    void resetTokensFromDefinedPosition() {
        setStoreThatShowsTheLiveLaneAfterAReset();
        super.resetTokensFromDefinedPosition();
    }

    @Test
    @Override
    void resetTokensFromDefinedPositionAndWithResetContext() {
        setStoreThatShowsTheLiveLaneAfterAReset();
        super.resetTokensFromDefinedPositionAndWithResetContext();
    }

    /** It spies on the store itself, and this version of Mockito refuses to spy on a spy. */
    @Test
    @Override
    void retriesWhenTokenInitializationInitiallyFails() {
        set("tokenStore", new DecoratedInMemoryTokenStore());
        super.retriesWhenTokenInitializationInitiallyFails();
    }

    /** As the one above. */
    @Test
    @Override
    void workPackageIsAbortedWhenExtendingClaimFails() {
        set("tokenStore", new DecoratedInMemoryTokenStore());
        super.workPackageIsAbortedWhenExtendingClaimFails();
    }

    static final class Source extends InMemoryStreamableEventSource {

        private final LanesSource lanes = new LanesSource(
                new StreamableMessageSource<>() {
                    @Override
                    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
                        return Source.super.openStream(token);
                    }
                },
                new InMemoryEventIndex(new InMemoryEventStorageEngine(1), StreamNames.withoutAnnotatedKinds())
                        .replays(),
                Set.of("test"),
                new ReplaySettings(0.5, 20),
                CachedKeys.none());

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
            return lanes.openStream(token);
        }
    }
}
