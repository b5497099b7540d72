package dev.coherence.axon.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.Segment;
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

/** Axon's own processors in resets and splits, with a source that notices no effects, over the store and without it. */
class ProcessorsOverTheStoreTest {

    private static final int EVENTS = 40;
    private static final int BEFORE_SPLIT = 10;
    private static final int THREADS = 8; // more than segments, as Axon may lose one whenever the processor stops
    private static final int LOWER = 5;
    private static final int UPPER = 15;

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
                                TrackingEventProcessorConfiguration.forParallelProcessing(THREADS)
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

    private void publish() {
        events.publish(IntStream.rangeClosed(1, EVENTS)
                .mapToObj(i -> GenericEventMessage.<String>asEventMessage("event " + i))
                .toList());
    }

    private void resetAndSplit(Kind kind, TokenStore tokens) throws Exception {
        publish();
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
        awaitTheEnd(processor, 2);
        processor.shutDown();
    }

    private static void awaitTheEnd(StreamingEventProcessor processor, int segments) throws InterruptedException {
        await(processor, segments, part -> part.getCurrentPosition().orElse(0) == EVENTS);
    }

    private static void await(StreamingEventProcessor processor, int count, Predicate<EventTrackerStatus> state)
            throws InterruptedException {
        for (int i = 0; i < 3_000; i++) {
            var parts = processor.processingStatus().values();
            if (parts.size() == count && parts.stream().allMatch(state)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError(processor.processingStatus());
    }

    /**
     * The lower half of the segment has handled less than the upper one when it is split into the two, and then split again. In
     * between the processor is stopped, so that it goes on with what is stored. Only then there is something to handle.
     */
    private void splitAMergeTwice(Kind kind, TokenStore tokens) throws Exception {
        plain.initializeTokenSegments("books", 1);
        plain.storeToken(
                new MergedTrackingToken(new GlobalSequenceTrackingToken(LOWER), new GlobalSequenceTrackingToken(UPPER)),
                "books",
                0);
        StreamingEventProcessor processor = processor(kind, tokens);
        for (int segments = 1; segments < 3; segments++) {
            processor.start();
            await(processor, segments, part -> true);
            assertThat(processor.splitSegment(0).get(30, TimeUnit.SECONDS)).isTrue();
            processor.shutDown();
        }
        handler.permits.release(EVENTS);
        publish();
        processor.start();
        awaitTheEnd(processor, 3);
        processor.shutDown();
    }

    private static List<String> handled(int from, int to, Predicate<String> which) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> "event " + i)
                .filter(which)
                .map(event -> event + " " + ReplayStatus.REGULAR)
                .toList();
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

    @ParameterizedTest
    @EnumSource
    void of_a_merge_that_is_split_and_split_again_each_part_handles_what_it_has_not(Kind kind) throws Exception {
        splitAMergeTwice(kind, ours());

        assertThat(handler.seen).containsExactlyInAnyOrderElementsOf(missing());
    }

    /** The lower half of the segment had handled up to 5, and the upper one up to 15. */
    private static List<String> missing() {
        return Stream.concat(
                        handled(LOWER + 1, UPPER, Segment.ROOT_SEGMENT.split()[0]::matches).stream(),
                        handled(UPPER + 1, EVENTS, event -> true).stream())
                .toList();
    }

    /**
     * The control run. Plain Axon leaves the merge to the lower half, for which it is over; the next split takes the position of
     * the upper half for that of a quarter, which never handles what is between.
     */
    @ParameterizedTest
    @EnumSource
    void of_a_merge_that_is_split_and_split_again_plain_axon_loses_events_of_a_quarter(Kind kind) throws Exception {
        splitAMergeTwice(kind, plain);

        Segment quarter = Segment.ROOT_SEGMENT.split()[0].split()[1];
        List<String> lost = handled(LOWER + 1, UPPER, quarter::matches);
        assertThat(lost).isNotEmpty();
        assertThat(missing()).filteredOn(event -> !handler.seen.contains(event)).isEqualTo(lost);
    }
}
