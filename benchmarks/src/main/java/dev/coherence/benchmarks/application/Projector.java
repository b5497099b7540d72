package dev.coherence.benchmarks.application;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.processor.ReplayGroups;
import dev.coherence.axon.processor.ReplayListener;
import dev.coherence.axon.processor.Replayed;
import dev.coherence.axon.processor.ReplayingEventProcessingModule;
import dev.coherence.axon.processor.WindowProgress;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.benchmarks.stock.StockProjection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.messaging.StreamableMessageSource;

/**
 * One event processor of one segment with one projection, over the event store of an application. It is not started at first, and
 * stands before all events. To be used by one thread at a time.
 */
public final class Projector implements AutoCloseable {

    private static final long NANOS_BETWEEN_LOOKS = 200_000;
    private static final long MAX_MINUTES = 5;

    private final Configuration configuration;
    private final StreamingEventProcessor processor;
    private final StockProjection projection;
    private final AtomicLong replayed = new AtomicLong();

    /** The processors of Axon. */
    public enum Kind {
        /** Each segment has a thread with a stream of its own. */
        TRACKING,
        /** One stream feeds all segments. */
        POOLED
    }

    /**
     * What a processor is.
     *
     * @param name of the projector, by which its tokens are stored
     * @param batchSize the most messages that are handled in one transaction
     */
    public record Shape(String name, Kind kind, int batchSize) {}

    private Projector(
            EventProcessingModule module,
            Application application,
            Database database,
            StockProjection projection,
            Shape shape) {
        this.projection = projection;
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
        configurer.registerModule(module);
        configurer
                .configureEventStore(config -> application.eventStore())
                .configureSerializer(config -> Application.serializer())
                .configureTransactionManager(config -> database.transactions())
                .registerComponent(EventIndex.class, config -> application.index());
        EventProcessingConfigurer processing = configurer.eventProcessing();
        processing
                .registerTokenStore(config -> tokens(config, database))
                .registerDefaultListenerInvocationErrorHandler(config -> PropagatingErrorHandler.instance())
                .byDefaultAssignTo(shape.name())
                .assignProcessingGroup(StockProjection.GROUP, shape.name())
                .registerEventHandler(config -> projection);
        streaming(processing, shape);
        this.configuration = configurer.buildConfiguration();
        this.processor = configuration
                .eventProcessingConfiguration()
                .eventProcessor(shape.name(), StreamingEventProcessor.class)
                .orElseThrow();
        TokenStore tokens = configuration.eventProcessingConfiguration().tokenStore(shape.name());
        database.transactions().executeInTransaction(() -> {
            if (tokens.fetchSegments(shape.name()).length == 0) {
                tokens.initializeTokenSegments(shape.name(), 1);
            }
        });
    }

    /** A projector of plain Axon: nothing is replayed. */
    public static Projector plainAxon(
            Application application, Database database, StockProjection projection, Shape shape) {
        return new Projector(new EventProcessingModule(), application, database, projection, shape);
    }

    /** A projector that takes part in replays. */
    public static Projector withReplays(
            Application application,
            Database database,
            StockProjection projection,
            Shape shape,
            ReplaySettings settings) {
        var module = new ReplayingEventProcessingModule(new ReplayGroups(Map.of(), settings));
        Projector projector = new Projector(module, application, database, projection, shape);
        var unused = module.replays().listen(new ReplayListener() {
            @Override
            public void progressed(WindowProgress window, Replayed more) {
                projector.replayed.addAndGet(more.aggregates());
            }
        });
        return projector;
    }

    /** Each with a node of its own, as if they were in different processes. */
    private static JdbcTokenStore tokens(Configuration config, Database database) {
        return JdbcTokenStore.builder()
                .connectionProvider(database.connections())
                .serializer(config.serializer())
                .nodeId(UUID.randomUUID().toString())
                .build();
    }

    private static void streaming(EventProcessingConfigurer processing, Shape shape) {
        if (shape.kind() == Kind.TRACKING) {
            processing.registerTrackingEventProcessor(
                    shape.name(),
                    Configuration::eventStore,
                    config -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                            .andBatchSize(shape.batchSize()));
        } else {
            processing.registerPooledStreamingEventProcessor(
                    shape.name(),
                    Configuration::eventStore,
                    (config, builder) -> builder.batchSize(shape.batchSize()).initialSegmentCount(1));
        }
    }

    /** The projection that it feeds. */
    public StockProjection projection() {
        return projection;
    }

    /** Starts the processor where it was stopped. */
    public void start() {
        processor.start();
        await("has claimed its segment", () -> !processor.processingStatus().isEmpty());
    }

    /** Starts the processor while another one of the same name has the claim of the only segment. */
    public void startInVain() {
        processor.start();
    }

    /**
     * To be called after a start in vain.
     *
     * @throws IllegalStateException if the other one has lost its claim, so that this one has handled something
     */
    public void requireInVain() {
        if (projection.handled() > 0) {
            throw new IllegalStateException("A claim was lost: %d events were handled".formatted(projection.handled()));
        }
    }

    /** Stops the processor, after what it is about to commit. */
    public void stop() {
        processor.shutDown();
    }

    /** Lets the stopped processor go on after all events that are there now; clears the projection. */
    public void skipToHead() {
        projection.startCounting();
        processor.resetTokens(StreamableMessageSource::createHeadToken);
    }

    /** Resets the stopped processor and its projection to before all events. */
    public void reset() {
        projection.startCounting();
        processor.resetTokens(StreamableMessageSource::createTailToken);
    }

    /**
     * Waits until so many events of books are handled since the last reset, and what came of all events up to the position,
     * inclusive, is committed.
     *
     * @param position of an event that is handled: a processor may never learn that it has come past others
     */
    public void awaitHandled(long events, long position) {
        await("has handled " + events, () -> projection.handled() >= events);
        await(
                "is at " + position,
                () -> !processor.processingStatus().isEmpty()
                        && processor.processingStatus().values().stream().allMatch(segment -> isAt(segment, position)));
    }

    private static boolean isAt(EventTrackerStatus segment, long position) {
        if (segment.isErrorState()) {
            throw new IllegalStateException("A handler has failed", segment.getError());
        }
        return segment.getCurrentPosition().orElse(-1) >= position;
    }

    /** How many aggregates were replayed since the start of this process, and what came of it was committed. */
    public long replayed() {
        return replayed.get();
    }

    /** Waits until so many aggregates were replayed since the start of this process, and what came of it is committed. */
    public void awaitReplayed(long aggregates) {
        await("has replayed " + aggregates, () -> replayed.get() >= aggregates);
    }

    /** Waits for something, for some minutes at the most. */
    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MAX_MINUTES);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("After %d minutes it is not so that %s %s: %s"
                        .formatted(MAX_MINUTES, processor.getName(), what, processor.processingStatus()));
            }
            LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
        }
    }

    @Override
    public void close() {
        configuration.shutdown();
    }
}
