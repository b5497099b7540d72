package dev.coherence.axon.processor;

import dev.coherence.axon.annotation.ReplayOnEffect;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.common.annotation.AnnotationUtils;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.AbstractEventProcessor;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;

/** Classes that are marked for replays where nobody would replay to them. */
public final class ReplayMarks {

    private ReplayMarks() {}

    /**
     * Returns what is wrong with a configuration whose event processors are not configured by a {@link
     * ReplayingEventProcessingModule}: each class that is marked. To be called after processors were made.
     */
    public static List<String> problems(Configuration configuration) {
        EventProcessingConfiguration processing = configuration.eventProcessingConfiguration();
        if (processing == null || processing instanceof ReplayingEventProcessingModule) {
            return List.of();
        }
        return processing.eventProcessors().values().stream()
                .flatMap(processor -> processor instanceof AbstractEventProcessor known
                        ? invokers(known.eventHandlerInvoker())
                        : Stream.of())
                .flatMap(invoker -> invoker instanceof SimpleEventHandlerInvoker simple
                        ? simple.eventHandlers().stream()
                        : Stream.of())
                .map(EventMessageHandler::getTargetType)
                .filter(type -> AnnotationUtils.isAnnotationPresent(type, ReplayOnEffect.class))
                .map(type ->
                        "%s is marked @%s, but the event processors are configured by another module than coherence's; register a %s in its place"
                                .formatted(
                                        type.getName(),
                                        ReplayOnEffect.class.getSimpleName(),
                                        ReplayingEventProcessingModule.class.getName()))
                .toList();
    }

    private static Stream<EventHandlerInvoker> invokers(EventHandlerInvoker invoker) {
        return invoker instanceof MultiEventHandlerInvoker several ? several.delegates().stream() : Stream.of(invoker);
    }
}
