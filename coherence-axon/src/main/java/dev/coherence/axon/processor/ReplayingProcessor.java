package dev.coherence.axon.processor;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.projection.AggregateReplayer;
import dev.coherence.axon.projection.HandlingGroup;
import dev.coherence.axon.projection.LanesInvoker;
import dev.coherence.axon.projection.ReplayedEvents;
import dev.coherence.axon.projection.SeenRevisions;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.axon.stream.LanesSource;
import dev.coherence.axon.token.LanesTokenStore;
import dev.coherence.axon.vault.CachedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.monitoring.MessageMonitor;
import org.jspecify.annotations.Nullable;

/** The parts of a processor whose groups take part in replays. */
final class ReplayingProcessor {

    final LanesSource source;
    final LanesInvoker invoker;
    final MessageMonitor<? super Message<?>> monitor;
    private final HeadToken head;
    private final ForgottenGaps gaps;
    private final WatchedProcessor watch;
    private @Nullable TokenStore tokens;
    private @Nullable EventProcessor processor;
    private List<MessageHandlerInterceptor<? super EventMessage<?>>> axonsInterceptors = List.of();

    ReplayingProcessor(
            String name,
            WatchedReplays replays,
            List<HandlingGroup> groups,
            EventIndex index,
            ReplaySettings settings,
            StreamableMessageSource<TrackedEventMessage<?>> events,
            MessageMonitor<? super Message<?>> monitor,
            EventProcessorSpanFactory spans,
            CachedKeys keys) {
        this.monitor = monitor;
        this.head = new HeadToken(index, events);
        SeenRevisions revisions = new SeenRevisions(index.replays(), index.streamNames());
        Set<String> names = groups.stream()
                .filter(HandlingGroup::replays)
                .map(HandlingGroup::name)
                .collect(Collectors.toSet());
        this.watch = replays.watch(name, index.replays(), names);
        this.gaps = new ForgottenGaps(index.replays(), names);
        this.source = new LanesSource(events, index.replays(), names, settings, keys);
        this.invoker = new LanesInvoker(
                groups,
                source,
                new AggregateReplayer(
                        index.replays(), new ReplayedEvents(this::interceptors, monitor, spans), revisions),
                revisions,
                watch);
    }

    /** The token store of the processor, made once, since it remembers which segments were claimed. */
    synchronized TokenStore tokenStore(Supplier<TokenStore> axons) {
        if (tokens == null) {
            TokenStore lanes = LanesTokenStore.builder()
                    .tokenStore(axons.get())
                    .head(head)
                    .tail(source::createTailToken)
                    .build();
            tokens = new WatchedTokenStore(lanes, gaps, watch);
        }
        return tokens;
    }

    /** To be called with the processor as Axon has made it, before interceptors of the application are registered. */
    void belongsTo(EventProcessor axons) {
        this.axonsInterceptors = List.copyOf(axons.getHandlerInterceptors());
        this.processor = axons;
    }

    /** Those of the application: with one of its own, the tracking processor stores its token. */
    private List<MessageHandlerInterceptor<? super EventMessage<?>>> interceptors() {
        List<MessageHandlerInterceptor<? super EventMessage<?>>> interceptors =
                new ArrayList<>(requireNonNull(processor, "processor").getHandlerInterceptors());
        interceptors.removeAll(axonsInterceptors);
        return interceptors;
    }
}
