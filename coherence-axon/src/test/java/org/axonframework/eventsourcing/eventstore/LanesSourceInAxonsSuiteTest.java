package org.axonframework.eventsourcing.eventstore;

import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.axon.stream.LanesSource;
import dev.coherence.axon.vault.CachedKeys;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DefaultEventBusSpanFactory;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.tracing.SpanFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Axon's suite of the embedded event store, whose streams are decorated; tests that make a store of their own have it plain. */
class LanesSourceInAxonsSuiteTest extends EmbeddedEventStoreTest {

    private final InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine(1);

    @Override
    public EventStorageEngine createStorageEngine() {
        return engine;
    }

    @BeforeEach
    void decorate() throws ReflectiveOperationException {
        ((EmbeddedEventStore) field("testSubject").get(this)).shutDown();
        field("testSubject")
                .set(
                        this,
                        new Decorated(
                                EmbeddedEventStore.builder()
                                        .storageEngine((EventStorageEngine)
                                                field("storageEngine").get(this))
                                        .spanFactory(DefaultEventBusSpanFactory.builder()
                                                .spanFactory((SpanFactory)
                                                        field("spanFactory").get(this))
                                                .build())
                                        .cachedEvents(10)
                                        .fetchDelay(1_000)
                                        .cleanupDelay(10_000)
                                        .threadFactory((ThreadFactory)
                                                field("threadFactory").get(this)),
                                engine));
    }

    private static Field field(String name) throws ReflectiveOperationException {
        Field field = EmbeddedEventStoreTest.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    @Test
    @Override
    @Disabled("it compares messages by identity, and ours have another token")
    void eventIsFetchedFromCacheWhenFetchedASecondTime() {}

    @Test
    @Override
    @Disabled("it needs a library of containers, which is not there, and makes a store itself, which is plain")
    void consumerStopsTailingWhenItFallsBehindTheCache() {}

    private static final class Decorated extends EmbeddedEventStore {

        private final LanesSource lanes;

        private Decorated(Builder builder, InMemoryEventStorageEngine engine) {
            super(builder);
            StreamableMessageSource<TrackedEventMessage<?>> plain = super::openStream;
            this.lanes = new LanesSource(
                    plain,
                    new InMemoryEventIndex(engine, StreamNames.withoutAnnotatedKinds()).replays(),
                    Set.of("group"),
                    new ReplaySettings(0.5, 20),
                    CachedKeys.none());
        }

        @Override
        public TrackingEventStream openStream(@Nullable TrackingToken token) {
            return new Stream(lanes.openStream(token));
        }
    }

    private record Stream(BlockingStream<TrackedEventMessage<?>> stream) implements TrackingEventStream {

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
