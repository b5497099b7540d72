package dev.coherence.axon.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Axon's own processors in a reset and a split, with a source that notices no effects, over the store and without it. */
class ProcessorsOverTheStoreTest {

    private static final int EVENTS = 40;
    private static final int BEFORE_SPLIT = 10;

    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine(1))
            .build();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final InMemoryTokenStore plain = new InMemoryTokenStore();
    private final Handler handler = new Handler();
    private final StreamableMessageSource<TrackedEventMessage<?>> source = new StreamableMessageSource<>() {
        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
            return events.openStream(token instanceof LanesToken ours ? LiveLane.lowest(ours.live()) : token);
        }

        @Override
        public TrackingToken createTailToken() {
            return events.createTailToken();
        }

        @Override
        public TrackingToken createHeadToken() {
            return events.createHeadToken();
        }
    };

    enum Kind {
        TRACKING,
        POOLED
    }

    /** Handles an event for each permit. */
    static final class Handler {

        private final Semaphore permits = new Semaphore(0);
        private final Semaphore handled = new Semaphore(0);
        private final List<String> seen = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(String event, ReplayStatus status) throws InterruptedException {
            permits.acquire();
            seen.add(event + " " + status);
            handled.release();
        }

        void handle(int count) throws InterruptedException {
            permits.release(count);
            assertThat(handled.tryAcquire(count, 30, TimeUnit.SECONDS))
                    .as("%d more events, of which %s came", count, seen)
                    .isTrue();
        }
    }

    @AfterEach
    void close() {
        events.shutDown();
        threads.shutdownNow();
    }

    private StreamingEventProcessor processor(Kind kind, TokenStore tokens) {
        SimpleEventHandlerInvoker invoker = SimpleEventHandlerInvoker.builder()
                .eventHandlers(handler)
                .sequencingPolicy(event -> event.getPayload())
                .build();
        return kind == Kind.TRACKING
                ? TrackingEventProcessor.builder()
                        .name("books")
                        .eventHandlerInvoker(invoker)
                        .messageSource(source)
                        .tokenStore(tokens)
                        .transactionManager(NoTransactionManager.instance())
                        .trackingEventProcessorConfiguration(
                                TrackingEventProcessorConfiguration.forParallelProcessing(2)
                                        .andInitialSegmentsCount(1)
                                        .andTokenClaimInterval(50, TimeUnit.MILLISECONDS)
                                        .andEventAvailabilityTimeout(50, TimeUnit.MILLISECONDS))
                        .build()
                : PooledStreamingEventProcessor.builder()
                        .name("books")
                        .eventHandlerInvoker(invoker)
                        .messageSource(source)
                        .tokenStore(tokens)
                        .transactionManager(NoTransactionManager.instance())
                        .coordinatorExecutor(threads)
                        .workerExecutor(threads)
                        .initialSegmentCount(1)
                        .tokenClaimInterval(50)
                        .build();
    }

    private void resetAndSplit(Kind kind, TokenStore tokens) throws Exception {
        events.publish(IntStream.rangeClosed(1, EVENTS)
                .mapToObj(i -> GenericEventMessage.<String>asEventMessage("event " + i))
                .toList());
        StreamingEventProcessor processor = processor(kind, tokens);
        processor.start();
        handler.handle(EVENTS);
        processor.shutDown();
        processor.resetTokens();
        handler.seen.clear();
        processor.start();
        handler.handle(BEFORE_SPLIT);
        var split = processor.splitSegment(0);
        handler.handle(EVENTS - BEFORE_SPLIT);
        assertThat(split.get(30, TimeUnit.SECONDS)).isTrue();
        awaitBothAtTheEnd(processor);
        processor.shutDown();
    }

    private static void awaitBothAtTheEnd(StreamingEventProcessor processor) throws InterruptedException {
        for (int i = 0; i < 3_000; i++) {
            var parts = processor.processingStatus().values();
            if (parts.size() == 2
                    && parts.stream().allMatch(part -> part.getCurrentPosition().orElse(0) == EVENTS)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError(processor.processingStatus());
    }

    private LanesTokenStore ours() {
        return LanesTokenStore.builder()
                .tokenStore(plain)
                .head(() -> new GlobalSequenceTrackingToken(EVENTS))
                .tail(events::createTailToken)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void a_segment_that_is_split_in_a_reset_handles_all_as_replays_and_leaves_plain_tokens(Kind kind) throws Exception {
        resetAndSplit(kind, ours());

        assertThat(handler.seen)
                .hasSize(EVENTS)
                .doesNotHaveDuplicates()
                .allMatch(seen -> seen.endsWith(ReplayStatus.REPLAY.name()));
        assertThat(plain.fetchSegments("books")).containsExactly(0, 1);
        assertThat(plain.fetchToken("books", 0)).isNotInstanceOf(LanesToken.class);
        assertThat(plain.fetchToken("books", 1)).isNotInstanceOf(LanesToken.class);
    }

    /** The control run. */
    @Test
    void the_upper_half_of_plain_axons_tracking_processor_forgets_the_reset() throws Exception {
        resetAndSplit(Kind.TRACKING, plain);

        assertThat(handler.seen).hasSize(EVENTS).anyMatch(seen -> seen.endsWith(ReplayStatus.REGULAR.name()));
    }
}
