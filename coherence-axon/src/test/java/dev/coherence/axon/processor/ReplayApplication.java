package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.vault.CachedKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.StreamableMessageSource;

/** An application with event processors over a {@link TestStore}: one node, of which there may be several over one store. */
final class ReplayApplication implements AutoCloseable {

    /** The kind of a streaming processor. */
    enum Kind {
        TRACKING,
        POOLED
    }

    /** Long enough for what is to happen, also on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Configuration configuration;
    private final TokenStore tokens;

    private ReplayApplication(Configuration configuration, TokenStore tokens) {
        this.configuration = configuration;
        this.tokens = tokens;
    }

    static Builder over(TestStore store) {
        return new Builder(store);
    }

    /** What the node is made of. */
    static final class Builder {

        private final TestStore store;
        private final List<Object> handlers = new ArrayList<>();
        private final List<Consumer<EventProcessingConfigurer>> customizations = new ArrayList<>();
        private Kind kind = Kind.TRACKING;
        private TokenStore tokens = new InMemoryTokenStore();
        private EventProcessingModule module = new ReplayingEventProcessingModule(ReplayGroups.marked());
        private int segments = 1;
        private int batchSize = 1;
        private boolean startsAtHead;
        private CachedKeys keys = CachedKeys.none();
        private EventIndex index;

        private Builder(TestStore store) {
            this.store = store;
            this.index = store.index;
        }

        Builder kind(Kind processors) {
            this.kind = processors;
            return this;
        }

        Builder handlers(Object... more) {
            handlers.addAll(List.of(more));
            return this;
        }

        Builder tokens(TokenStore tokenStore) {
            this.tokens = tokenStore;
            return this;
        }

        Builder segments(int count) {
            this.segments = count;
            return this;
        }

        Builder batchSize(int events) {
            this.batchSize = events;
            return this;
        }

        /** New segments handle what is appended from now on. */
        Builder startAtHead() {
            this.startsAtHead = true;
            return this;
        }

        private TrackingToken initialToken(StreamableMessageSource<?> source) {
            return startsAtHead ? source.createHeadToken() : source.createTailToken();
        }

        Builder settings(ReplaySettings settings) {
            return groups(new ReplayGroups(Map.of(), settings));
        }

        Builder groups(ReplayGroups groups) {
            return module(new ReplayingEventProcessingModule(groups));
        }

        Builder index(EventIndex eventIndex) {
            this.index = eventIndex;
            return this;
        }

        Builder remembering(CachedKeys cachedKeys) {
            this.keys = cachedKeys;
            return this;
        }

        /** Axon's own module is a control. */
        Builder module(EventProcessingModule processing) {
            this.module = processing;
            return this;
        }

        Builder with(Consumer<EventProcessingConfigurer> customization) {
            customizations.add(customization);
            return this;
        }

        ReplayApplication start() {
            Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
            configurer.registerModule(module);
            configurer
                    .configureEventStore(config -> store.eventStore)
                    .configureTransactionManager(config -> store.transactions)
                    .registerComponent(EventIndex.class, config -> index)
                    .registerComponent(CachedKeys.class, config -> keys);
            EventProcessingConfigurer processing = configurer.eventProcessing();
            processing.registerTokenStore(config -> tokens);
            processing.byDefaultAssignHandlerInstancesTo(
                    handler -> handler.getClass().getSimpleName());
            streaming(processing);
            handlers.forEach(handler -> processing.registerEventHandler(config -> handler));
            customizations.forEach(customization -> customization.accept(processing));
            Configuration configuration = configurer.buildConfiguration();
            configuration.start();
            return new ReplayApplication(configuration, tokens);
        }

        private void streaming(EventProcessingConfigurer processing) {
            if (kind == Kind.TRACKING) {
                processing.usingTrackingEventProcessors();
                processing.registerTrackingEventProcessorConfiguration(
                        config -> TrackingEventProcessorConfiguration.forParallelProcessing(segments)
                                .andBatchSize(batchSize)
                                .andInitialTrackingToken(this::initialToken)
                                .andEventAvailabilityTimeout(20, TimeUnit.MILLISECONDS));
            } else {
                processing.usingPooledStreamingEventProcessors();
                processing.registerPooledStreamingEventProcessorConfiguration(
                        (config, builder) -> builder.batchSize(batchSize)
                                .initialSegmentCount(segments)
                                .tokenClaimInterval(500)
                                .claimExtensionThreshold(100)
                                .initialToken(this::initialToken));
            }
        }
    }

    Configuration configuration() {
        return configuration;
    }

    StreamingEventProcessor processor(String name) {
        return configuration
                .eventProcessingConfiguration()
                .eventProcessor(name, StreamingEventProcessor.class)
                .orElseThrow();
    }

    /** Waits until the token store holds a token of Axon's for each segment of the processor, at the position. */
    void awaitRest(String processor, long position) {
        TransactionManager transactions = configuration.getComponent(TransactionManager.class);
        await().atMost(PATIENCE)
                .untilAsserted(() -> transactions.executeInTransaction(() -> assertRest(processor, position)));
    }

    private void assertRest(String processor, long position) {
        int[] segments = tokens.fetchSegments(processor);
        assertThat(segments).isNotEmpty();
        for (int segment : segments) {
            TrackingToken token = tokens.fetchToken(processor, segment);
            assertThat(token).isNotInstanceOf(LanesToken.class);
            assertThat(token.position()).hasValue(position);
        }
    }

    @Override
    public void close() {
        configuration.shutdown();
    }
}
