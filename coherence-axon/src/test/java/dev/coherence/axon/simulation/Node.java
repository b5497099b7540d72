package dev.coherence.axon.simulation;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.simulation.Setup.Group;
import dev.coherence.axon.simulation.Setup.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.axonframework.common.ProcessRetriesExhaustedException;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventhandling.async.SequentialPolicy;
import org.axonframework.messaging.StreamableMessageSource;

/** One node: a configuration of Axon with one processor, on the tokens that all nodes share. */
final class Node implements AutoCloseable {

    static final String PROCESSOR = "projections";

    private static final int THREADS_OF_ONE_OF_SEVERAL = 8;

    final String id;
    final Faults faults;
    private final List<Projection> projections;
    private final Configuration configuration;
    private final List<ScheduledExecutorService> executors;
    private CompletableFuture<Boolean> resizing = CompletableFuture.completedFuture(true);
    private boolean running = true;

    private Node(
            String id,
            Faults faults,
            List<Projection> projections,
            Configuration configuration,
            List<ScheduledExecutorService> executors) {
        this.executors = executors;
        this.id = id;
        this.faults = faults;
        this.projections = projections;
        this.configuration = configuration;
    }

    static Node start(String id, Setup setup, Variant variant, Place place, Claims claims, Trace trace) {
        Faults faults = new Faults(id, place.transactions());
        List<Projection> projections = setup.groups().stream()
                .map(group -> new Projection(group.name(), place.readModel(), claims, faults, trace))
                .toList();
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
        configurer.registerModule(variant.module(setup));
        configurer
                .configureEventStore(config -> place.eventStoreOfNode(!setup.splits()))
                .configureTransactionManager(config -> faults)
                .registerComponent(EventIndex.class, config -> place.index());
        EventProcessingConfigurer processing = configurer.eventProcessing();
        processing.registerTokenStore(config -> trace.tracing(place.tokenStore(id, Duration.ofSeconds(10)), id));
        processing.assignProcessingGroup(group -> PROCESSOR);
        processing.byDefaultAssignHandlerInstancesTo(handler -> ((Projection) handler).group);
        for (Group group : setup.groups()) {
            processing.registerSequencingPolicy(
                    group.name(),
                    config -> group.sequential() ? new SequentialPolicy() : SequentialPerAggregatePolicy.instance());
        }
        projections.forEach(projection -> processing.registerEventHandler(config -> projection));
        variant.customize(processing);
        List<ScheduledExecutorService> executors = List.of(new FastExecutor(1), new FastExecutor(4));
        configure(setup, processing, executors);
        Configuration configuration = configurer.buildConfiguration();
        configuration.start();
        return new Node(id, faults, projections, configuration, executors);
    }

    private static void configure(
            Setup setup, EventProcessingConfigurer processing, List<ScheduledExecutorService> executors) {
        // Splits go on by themselves, so that there may be more segments than the schedule wants.
        int threads = setup.nodes() == 1 ? 2 * Setup.MAX_SEGMENTS : THREADS_OF_ONE_OF_SEVERAL;
        if (setup.kind() == Kind.TRACKING) {
            processing.usingTrackingEventProcessors();
            processing.registerTrackingEventProcessorConfiguration(
                    config -> TrackingEventProcessorConfiguration.forParallelProcessing(threads)
                            .andInitialSegmentsCount(setup.segments())
                            .andBatchSize(setup.batchSize())
                            .andInitialTrackingToken(source -> initial(setup, source))
                            .andTokenClaimInterval(200, TimeUnit.MILLISECONDS)
                            .andEventAvailabilityTimeout(50, TimeUnit.MILLISECONDS));
        } else {
            processing.usingPooledStreamingEventProcessors();
            processing.registerPooledStreamingEventProcessorConfiguration(
                    (config, builder) -> builder.batchSize(setup.batchSize())
                            .initialSegmentCount(setup.segments())
                            .maxClaimedSegments(threads)
                            .tokenClaimInterval(50)
                            .claimExtensionThreshold(500)
                            .clock(new FastClock())
                            .coordinatorExecutor(executors.get(0))
                            .workerExecutor(executors.get(1))
                            .initialToken(source -> initial(setup, source)));
        }
    }

    private static TrackingToken initial(Setup setup, StreamableMessageSource<TrackedEventMessage<?>> source) {
        return setup.fromHead() ? ReplayToken.createReplayToken(source.createHeadToken()) : null;
    }

    /** A pooled processor looks for events every half a second, and waits a second after an error: here that is over soon. */
    private static final int SPEED = 20;

    private static final class FastExecutor extends ScheduledThreadPoolExecutor {

        FastExecutor(int threads) {
            super(threads);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            return super.schedule(command, unit.toMicros(delay) / SPEED, TimeUnit.MICROSECONDS);
        }
    }

    private static final class FastClock extends Clock {

        private final Instant start = Instant.now();

        @Override
        public Instant instant() {
            return start.plus(Duration.between(start, Instant.now()).multipliedBy(SPEED));
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    StreamingEventProcessor processor() {
        return configuration
                .eventProcessingConfiguration()
                .eventProcessor(PROCESSOR, StreamingEventProcessor.class)
                .orElseThrow();
    }

    /** Begins to split or to merge, unless the one before is still going on: then two merges might wait for each other. */
    void resize(Function<StreamingEventProcessor, CompletableFuture<Boolean>> work) {
        if (running && resizing.isDone()) {
            resizing = work.apply(processor());
            try {
                boolean unused = resizing.get(1, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // another node may hold a segment, or this one may have died: then it is not done
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    boolean isRunning() {
        return running;
    }

    void stop() {
        if (running) {
            running = false;
            try {
                processor().shutDown();
            } catch (ProcessRetriesExhaustedException e) {
                processor().shutDown(); // on a busy machine, a second was not enough for the tracking processor
            }
        }
    }

    void start() {
        if (!running) {
            running = true;
            processor().start();
        }
    }

    /** Nothing that it does from now on has any effect; its threads end when they notice. */
    void die() {
        faults.die();
        CompletableFuture<Void> unused = processor().shutdownAsync();
    }

    /** Resets all segments; the processor is stopped, and it is on all nodes. */
    void reset(TrackingToken start, Predicate<Row> kept) {
        projections.forEach(projection -> projection.keepInReset(kept));
        if (start == null) {
            processor().resetTokens();
        } else {
            processor().resetTokens(start);
        }
    }

    @Override
    public void close() {
        configuration.shutdown();
        executors.forEach(ScheduledExecutorService::shutdownNow);
    }
}
