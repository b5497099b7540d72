package dev.coherence.axon.simulation;

import dev.coherence.axon.processor.ReplayGroups;
import dev.coherence.axon.processor.ReplayGroups.NamedGroup;
import dev.coherence.axon.processor.ReplayingEventProcessingModule;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.axon.simulation.Setup.Group;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.Collectors;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;

/** Which processors are under test. */
enum Variant {
    /** With replays. */
    OURS,

    /** As ours, but for rule B: of a live event, the token does not remember what the segment had seen before. */
    OURS_WITHOUT_RULE_B,

    /** Axon's own. */
    PLAIN;

    EventProcessingModule module(Setup setup) {
        return this == PLAIN
                ? new EventProcessingModule()
                : new ReplayingEventProcessingModule(new ReplayGroups(
                        setup.groups().stream()
                                .collect(
                                        Collectors.toMap(Group::name, group -> new NamedGroup(group.replays(), false))),
                        new ReplaySettings(setup.share(), setup.aggregatesAtOnce())));
    }

    void customize(EventProcessingConfigurer processing) {
        processing.registerDefaultListenerInvocationErrorHandler(
                config -> org.axonframework.eventhandling.PropagatingErrorHandler.instance());
        if (this == OURS_WITHOUT_RULE_B) {
            processing.registerHandlerInterceptor(Node.PROCESSOR, config -> (unitOfWork, chain) -> {
                unitOfWork.transformMessage(Variant::withoutMemory);
                return chain.proceed();
            });
        }
    }

    /** What the token remembers is transient. */
    private static EventMessage<?> withoutMemory(EventMessage<?> event) {
        TrackedEventMessage<?> tracked = (TrackedEventMessage<?>) event;
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(tracked.trackingToken());
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return tracked.withTrackingToken((TrackingToken) in.readObject());
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
