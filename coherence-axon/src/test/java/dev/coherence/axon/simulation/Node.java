package dev.coherence.axon.simulation;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.simulation.Setup.Group;
import dev.coherence.axon.simulation.Setup.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.axonframework.common.ProcessRetriesExhaustedException;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventhandling.async.SequentialPolicy;
import org.axonframework.messaging.StreamableMessageSource;

/** One node: a configuration of Axon with one processor, on the tokens that all nodes share. */
final class Node {

    static final String PROCESSOR = "projections";

    private static final int THREADS_OF_ONE_OF_SEVERAL = 8;

    final String id;
    final Faults faults;
    private final List<Projection> projections;
    private final Configuration configuration;
    private final Threads threads;
    private final List<ScheduledExecutorService> executors;
    private int merging;
    private CompletableFuture<Boolean> resizing = CompletableFuture.completedFuture(true);
    private boolean running = true;

    private Node(
            String id,
            Faults faults,
            List<Projection> projections,
            Configuration configuration,
            Threads threads,
            List<ScheduledExecutorService> executors) {
        this.threads = threads;
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
        Threads threads = new Threads(id);
        List<ScheduledExecutorService> executors =
                List.of(FastTime.executor(threads, 1), FastTime.executor(threads, 4));
        configure(setup, processing, threads, executors);
        Configuration configuration = configurer.buildConfiguration();
        configuration.start();
        return new Node(id, faults, projections, configuration, threads, executors);
    }

    private static void configure(
            Setup setup,
            EventProcessingConfigurer processing,
            Threads threads,
            List<ScheduledExecutorService> executors) {
        // Splits go on by themselves, so that there may be more segments than the schedule wants.
        int count = setup.nodes() == 1 ? 2 * Setup.MAX_SEGMENTS : THREADS_OF_ONE_OF_SEVERAL;
        if (setup.kind() == Kind.TRACKING) {
            processing.usingTrackingEventProcessors();
            processing.registerTrackingEventProcessorConfiguration(
                    config -> TrackingEventProcessorConfiguration.forParallelProcessing(count)
                            .andInitialSegmentsCount(setup.segments())
                            .andBatchSize(setup.batchSize())
                            .andInitialTrackingToken(source -> initial(setup, source))
                            .andThreadFactory(name -> threads)
                            .andTokenClaimInterval(200, TimeUnit.MILLISECONDS)
                            .andEventAvailabilityTimeout(50, TimeUnit.MILLISECONDS));
        } else {
            processing.usingPooledStreamingEventProcessors();
            processing.registerPooledStreamingEventProcessorConfiguration(
                    (config, builder) -> builder.batchSize(setup.batchSize())
                            .initialSegmentCount(setup.segments())
                            .maxClaimedSegments(count)
                            .tokenClaimInterval(50)
                            .claimExtensionThreshold(500)
                            .clock(FastTime.clock())
                            .coordinatorExecutor(executors.get(0))
                            .workerExecutor(executors.get(1))
                            .initialToken(source -> initial(setup, source)));
        }
    }

    private static TrackingToken initial(Setup setup, StreamableMessageSource<TrackedEventMessage<?>> source) {
        return setup.fromHead() ? ReplayToken.createReplayToken(source.createHeadToken()) : null;
    }

    StreamingEventProcessor processor() {
        return configuration
                .eventProcessingConfiguration()
                .eventProcessor(PROCESSOR, StreamingEventProcessor.class)
                .orElseThrow();
    }

    void split(int segment) {
        if (mayResize()) {
            resizing = processor().splitSegment(segment);
            awaitResized();
        }
    }

    void merge(Segment segment) {
        if (mayResize()) {
            merging = segment.mergeableSegmentId();
            resizing = processor().mergeSegment(segment.getSegmentId());
            awaitResized();
        }
    }

    /** Not while the one before is still going on: two merges might wait for each other. */
    private boolean mayResize() {
        return running && resizing.isDone();
    }

    private void awaitResized() {
        for (int i = 0; i < 20 && !isResized(); i++) {
            helpMerge();
        }
    }

    private boolean isResized() {
        try {
            boolean unused = resizing.get(50, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // another node may hold a segment, or this one may have died: then it is not done
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * In a merge, a worker of the tracking processor waits for the other segment to be released, for twice the time between
     * two claims. That is short here. If the worker of the other segment waits longer after an error, it does not notice,
     * and the first one would wait for ever.
     */
    void helpMerge() {
        if (!resizing.isDone() && threads.isIn(TrackingEventProcessor.class.getName() + "$MergeSegmentInstruction")) {
            processor().releaseSegment(merging, 400, TimeUnit.MILLISECONDS);
        }
    }

    /** What the processor says of itself, and its threads. */
    List<String> doing() {
        List<String> lines = new ArrayList<>();
        lines.add("%s: dead %s, running %s, %s"
                .formatted(
                        id,
                        faults.isDead(),
                        processor().isRunning(),
                        processor().processingStatus().values()));
        lines.addAll(threads.stacks());
        return lines;
    }

    boolean isRunning() {
        return running;
    }

    void stop() {
        if (running) {
            running = false;
            faults.awaitThaw();
            shutDown();
        }
    }

    /** On a busy machine, a second is not always enough for the tracking processor. */
    private void shutDown() {
        for (int attempt = 1; ; attempt++) {
            try {
                processor().shutDown();
                return;
            } catch (ProcessRetriesExhaustedException e) {
                if (attempt == 20) {
                    throw e;
                }
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
        try {
            CompletableFuture<Void> unused = processor().shutdownAsync();
        } catch (ProcessRetriesExhaustedException e) {
            // it has been told, and is going to
        }
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

    /** Returns what goes on all the same. */
    List<String> end() {
        try {
            shutDown();
            configuration.shutdown();
            executors.forEach(ScheduledExecutorService::shutdownNow);
            return threads.haveEnded(Duration.ofSeconds(30)) ? List.of() : doing();
        } catch (ProcessRetriesExhaustedException e) {
            return doing();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
