package dev.coherence.axon.processor;

import dev.coherence.axon.projection.HandlingGroup;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.LoggingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.async.FullConcurrencyPolicy;
import org.axonframework.eventhandling.async.MetaDataSequencingPolicy;
import org.axonframework.eventhandling.async.PropertySequencingPolicy;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.RollbackConfiguration;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;

/** Finds everything in a processor with which the replays of its groups could not keep their promises. */
final class ProcessorCheck {

    private final String processor;
    private final ReplayGroups settings;
    private final List<String> problems = new ArrayList<>();

    private ProcessorCheck(String processor, ReplayGroups settings) {
        this.processor = processor;
        this.settings = settings;
    }

    /** Returns what is wrong with a processor that has groups which take part; one sentence each, with the way out. */
    static List<String> problems(
            String processor,
            ReplayGroups settings,
            List<HandlingGroup> groups,
            StreamableMessageSource<?> source,
            RollbackConfiguration rollback) {
        ProcessorCheck check = new ProcessorCheck(processor, settings);
        check.source(source);
        check.rollback(rollback);
        groups.stream().filter(HandlingGroup::replays).forEach(check::group);
        return check.problems;
    }

    /** Returns what is wrong with invokers that are not those of processing groups; sagas, for example. */
    static List<String> otherInvokers(String processor, List<? extends EventHandlerInvoker> invokers) {
        return invokers.stream()
                .filter(invoker -> !(invoker instanceof SimpleEventHandlerInvoker))
                .map(invoker ->
                        "The processor %s has a group that takes part in replays, and a %s (a saga, for example), which cannot share a processor with it; assign it to a processor of its own"
                                .formatted(processor, invoker.getClass().getSimpleName()))
                .toList();
    }

    /** Returns what is wrong with groups whose names are not known, because their policies were set past the configuration. */
    static List<String> unknownGroups(String processor, List<? extends EventHandlerInvoker> invokers) {
        return invokers.stream()
                .filter(SimpleEventHandlerInvoker.class::isInstance)
                .map(SimpleEventHandlerInvoker.class::cast)
                .filter(invoker -> GroupPolicy.of(invoker).isEmpty())
                .map(invoker ->
                        "The processor %s has a group that takes part in replays, and one with a %s that was set on the builder of its invoker; set it with registerSequencingPolicy"
                                .formatted(
                                        processor,
                                        invoker.getSequencingPolicy().getClass().getSimpleName()))
                .toList();
    }

    private void source(StreamableMessageSource<?> source) {
        if (!(source instanceof EventStore)) {
            problems.add(
                    "The processor %s reads from a %s, and replays are made from the event store; let it read from the event store, or let its groups take no part in replays"
                            .formatted(processor, source.getClass().getName()));
        }
    }

    private void rollback(RollbackConfiguration rollback) {
        if (rollback != RollbackConfigurationType.ANY_THROWABLE) {
            problems.add(
                    "The processor %s commits after some exceptions (its rollback configuration is %s), so that half of an aggregate could count as replayed; use RollbackConfigurationType.ANY_THROWABLE"
                            .formatted(processor, rollback));
        }
    }

    private void group(HandlingGroup group) {
        SimpleEventHandlerInvoker invoker = group.invoker();
        if (invoker.getListenerInvocationErrorHandler() instanceof LoggingErrorHandler) {
            problems.add(
                    "The processing group %s has a LoggingErrorHandler, which would take an aggregate for replayed that is not; give it a PropagatingErrorHandler, or a dead-letter queue"
                            .formatted(group.name()));
        }
        if (!invoker.supportsReset()) {
            problems.add(
                    "The processing group %s takes part in replays, but all its handlers are marked @DisallowReplay; remove one of the two"
                            .formatted(group.name()));
        }
        policy(group);
        invoker.eventHandlers().stream()
                .map(handler -> ReplayedClass.of(handler, settings.needsNoReset(group.name(), handler)))
                .forEach(type -> problems.addAll(type.problems(group)));
    }

    private void policy(HandlingGroup group) {
        SequencingPolicy<?> policy = group.invoker().getSequencingPolicy();
        SequencingPolicy<?> axons = policy instanceof GroupPolicy own ? own.policy() : policy;
        if (axons instanceof FullConcurrencyPolicy
                || axons instanceof PropertySequencingPolicy
                || axons instanceof MetaDataSequencingPolicy) {
            problems.add(
                    "The processing group %s has a %s, which may spread the events of one aggregate over several segments, so that no segment could replay it; use the SequentialPerAggregatePolicy or the SequentialPolicy"
                            .formatted(group.name(), axons.getClass().getSimpleName()));
        }
    }
}
