package dev.coherence.axon.processor;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.UnusableConfigurationException;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.projection.HandlingGroup;
import dev.coherence.axon.projection.SeenRevisions;
import dev.coherence.axon.token.LiveLaneTokenStore;
import dev.coherence.axon.vault.CachedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.AbstractEventProcessor;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.ListenerInvocationErrorHandler;
import org.axonframework.eventhandling.LoggingErrorHandler;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.monitoring.MessageMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Axon's configuration of event processors, with replays. Of a tracking or pooled processor that has a group which takes part,
 * the message source, the invokers and the token store are decorated; all others are Axon's own.
 *
 * <p>Where replays could not keep their promises, the start fails with an {@link UnusableConfigurationException} that names
 * everything that is wrong.
 *
 * <p>As Axon's own module it is for one configuration, and not thread-safe while that is built.
 */
public final class ReplayingEventProcessingModule extends EventProcessingModule {

    private final ReplayGroups groups;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, ReplayingProcessor> replaying = new ConcurrentHashMap<>();
    private final WatchedReplays replays = new WatchedReplays();
    private final Map<String, GroupPolicy> policies = new ConcurrentHashMap<>();

    /** Creates a module for the configuration of Axon. */
    public ReplayingEventProcessingModule(ReplayGroups groups) {
        this.groups = requireNonNull(groups, "groups");
    }

    /** Returns what is known of the replays of these processors on this node. */
    public Replays replays() {
        return replays;
    }

    /** Returns the processing groups that take part in replays; all of them once the configuration has started. Thread-safe. */
    public Set<String> replayingGroups() {
        return replays.groups();
    }

    @Override
    public void initialize(Configuration config) {
        super.initialize(config);
        config.onStart(Integer.MIN_VALUE + 1, this::check);
    }

    private void check() {
        eventProcessors().forEach((name, processor) -> {
            if (!replaying.containsKey(name) && processor instanceof AbstractEventProcessor known) {
                problems.addAll(unsupported(name, known));
                problems.addAll(ProcessorCheck.unknownGroups(name, marked(known)));
            }
        });
        groups.named().keySet().stream()
                .filter(group -> !policies.containsKey(group))
                .forEach(group -> problems.add(
                        "There is no processing group %s, for which replays are configured; the groups are %s. Correct the name, or remove it from the configuration of replays"
                                .formatted(group, policies.keySet())));
        if (!problems.isEmpty()) {
            throw new UnusableConfigurationException(problems);
        }
    }

    private static List<EventHandlerInvoker> marked(AbstractEventProcessor processor) {
        return invokers(processor.eventHandlerInvoker()).stream()
                .filter(invoker ->
                        invoker instanceof SimpleEventHandlerInvoker simple && ReplayGroups.hasMarkedClass(simple))
                .toList();
    }

    private List<String> unsupported(String name, AbstractEventProcessor processor) {
        return handlingGroups(invokers(processor.eventHandlerInvoker())).stream()
                .filter(HandlingGroup::replays)
                .map(group ->
                        "The processing group %s takes part in replays, which needs a tracking or pooled streaming processor that Axon's configuration makes, but %s is a %s; register it as one of these"
                                .formatted(
                                        group.name(), name, processor.getClass().getSimpleName()))
                .toList();
    }

    @Override
    protected EventProcessor trackingEventProcessor(
            String name,
            EventHandlerInvoker invoker,
            TrackingEventProcessorConfiguration config,
            StreamableMessageSource<TrackedEventMessage<?>> source) {
        return build(
                name,
                invoker,
                source,
                TrackingEventProcessor.class,
                (ownInvoker, ownSource) -> super.trackingEventProcessor(name, ownInvoker, config, ownSource));
    }

    /** Lets the coordinator extend claims, as a batch in which aggregates are replayed may take long. */
    @Override
    protected EventProcessor pooledStreamingEventProcessor(
            String name,
            EventHandlerInvoker invoker,
            Configuration config,
            StreamableMessageSource<TrackedEventMessage<?>> source,
            PooledStreamingProcessorConfiguration customization) {
        return build(
                name,
                invoker,
                source,
                PooledStreamingEventProcessor.class,
                (ownInvoker, ownSource) -> super.pooledStreamingEventProcessor(
                        name,
                        ownInvoker,
                        config,
                        ownSource,
                        ownSource == source
                                ? customization
                                : customization.andThen((c, builder) -> builder.enableCoordinatorClaimExtension())));
    }

    /** Makes a processor of Axon's from an invoker and a source. */
    private interface Axons
            extends BiFunction<EventHandlerInvoker, StreamableMessageSource<TrackedEventMessage<?>>, EventProcessor> {}

    private EventProcessor build(
            String name,
            EventHandlerInvoker invoker,
            StreamableMessageSource<TrackedEventMessage<?>> source,
            Class<? extends EventProcessor> type,
            Axons axons) {
        List<EventHandlerInvoker> invokers = invokers(invoker);
        List<HandlingGroup> found = handlingGroups(invokers);
        if (found.stream().noneMatch(HandlingGroup::replays)) {
            return plain(axons.apply(invoker, source));
        }
        problems.addAll(ProcessorCheck.otherInvokers(name, invokers));
        problems.addAll(ProcessorCheck.unknownGroups(name, invokers));
        problems.addAll(ProcessorCheck.problems(name, groups, found, source, rollbackConfiguration(name)));
        ReplayingProcessor parts = new ReplayingProcessor(
                name,
                replays,
                found,
                index(),
                groups.settings(),
                source,
                super.messageMonitor(type, name),
                configuration.getComponent(EventProcessorSpanFactory.class),
                configuration.getComponent(CachedKeys.class, CachedKeys::none));
        replaying.put(name, parts);
        EventProcessor processor = axons.apply(parts.invoker, parts.source);
        parts.belongsTo(processor);
        return processor;
    }

    private static EventProcessor plain(EventProcessor processor) {
        processor.registerHandlerInterceptor(SeenRevisions.ofPlainProcessor());
        return processor;
    }

    private EventIndex index() {
        return requireNonNull(
                configuration.getComponent(EventIndex.class),
                "Replays need a component of type EventIndex; configure coherence, or let no group take part");
    }

    private static List<EventHandlerInvoker> invokers(EventHandlerInvoker invoker) {
        return invoker instanceof MultiEventHandlerInvoker several ? several.delegates() : List.of(invoker);
    }

    private List<HandlingGroup> handlingGroups(List<EventHandlerInvoker> invokers) {
        return invokers.stream()
                .filter(SimpleEventHandlerInvoker.class::isInstance)
                .map(SimpleEventHandlerInvoker.class::cast)
                .flatMap(invoker ->
                        GroupPolicy.of(invoker).map(policy -> handlingGroup(policy.group(), invoker)).stream())
                .toList();
    }

    private HandlingGroup handlingGroup(String group, SimpleEventHandlerInvoker invoker) {
        boolean takesPart = groups.takesPart(group, invoker);
        if (takesPart && invoker.getListenerInvocationErrorHandler() instanceof DefaultErrorHandling unsaid) {
            unsaid.propagate();
        }
        return new HandlingGroup(group, invoker, takesPart, deadLetterQueue(group));
    }

    @Override
    public SequencingPolicy<? super EventMessage<?>> sequencingPolicy(String group) {
        return policies.computeIfAbsent(group, name -> new GroupPolicy(name, super.sequencingPolicy(name)));
    }

    @Override
    public ListenerInvocationErrorHandler listenerInvocationErrorHandler(String group) {
        ListenerInvocationErrorHandler handler = super.listenerInvocationErrorHandler(group);
        return handler instanceof LoggingErrorHandler && !listenerInvocationErrorHandlers.containsKey(group)
                ? new DefaultErrorHandling(handler)
                : handler;
    }

    @Override
    public TokenStore tokenStore(String name) {
        ReplayingProcessor parts = replaying.get(name);
        return parts == null
                ? new LiveLaneTokenStore(super.tokenStore(name))
                : parts.tokenStore(() -> super.tokenStore(name));
    }

    /** Of a processor with replays, these are watched for commits, after which progress is told. */
    @Override
    public TransactionManager transactionManager(String name) {
        TransactionManager axons = super.transactionManager(name);
        return replaying.containsKey(name) ? Commits.watched(axons) : axons;
    }

    @Override
    public MessageMonitor<? super Message<?>> messageMonitor(Class<?> componentType, String name) {
        ReplayingProcessor parts = replaying.get(name);
        return parts == null ? super.messageMonitor(componentType, name) : Unmarked.monitor(parts.monitor);
    }

    @Override
    public EventProcessingConfigurer registerHandlerInterceptor(
            String name, Function<Configuration, MessageHandlerInterceptor<? super EventMessage<?>>> interceptor) {
        return super.registerHandlerInterceptor(name, config -> Unmarked.interceptor(interceptor.apply(config)));
    }

    @Override
    public EventProcessingConfigurer registerDefaultHandlerInterceptor(
            BiFunction<Configuration, String, MessageHandlerInterceptor<? super EventMessage<?>>> interceptor) {
        return super.registerDefaultHandlerInterceptor((config, name) -> {
            @Nullable MessageHandlerInterceptor<? super EventMessage<?>> made = interceptor.apply(config, name);
            return made == null ? null : Unmarked.interceptor(made);
        });
    }
}
