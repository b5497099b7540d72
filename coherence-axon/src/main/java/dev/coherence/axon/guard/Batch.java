package dev.coherence.axon.guard;

import dev.coherence.action.Identity;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.EffectRequested;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.payload.EventDescriptor;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/**
 * Those of the events that are about to be appended which concern the guard.
 *
 * @param events events of annotated aggregates that have a base, or a class with annotations, or triggers in their metadata
 * @param requests events of whatever origin that fire effects
 */
record Batch(List<GuardedEvent> events, List<FiringEvent> requests) {

    /**
     * An event that fires effects.
     *
     * @param place its index in what is appended
     */
    record FiringEvent(int place, EventMessage<?> message, List<RequestedEffect> effects) {}

    /** Sorts out what is about to be appended; the work takes note of all events of annotated aggregates. */
    static Batch of(List<? extends EventMessage<?>> messages, Guarded guarded, EventCodec codec, AppendedWork work) {
        StreamNames names = guarded.index().streamNames();
        List<GuardedEvent> events = new ArrayList<>();
        List<FiringEvent> requests = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            EventMessage<?> message = messages.get(i);
            if (isOwn(message.getPayloadType())) {
                continue;
            }
            EventDescriptor descriptor = guarded.descriptors().of(message.getPayloadType());
            if (message instanceof DomainEventMessage<?> domainEvent && names.isAnnotatedType(domainEvent.getType())) {
                work.append(domainEvent);
                CommandContext context = work.context(EventTag.of(message));
                if (context != null || !descriptor.isPlain() || hasTriggers(message)) {
                    events.add(new GuardedEvent(i, domainEvent, names, context, links(codec, descriptor, domainEvent)));
                }
            }
            if (descriptor.declaresEffects() || message.getPayloadType() == EffectRequested.class) {
                requests.add(new FiringEvent(i, message, RequestedEffect.by(descriptor, message.getPayload())));
            }
        }
        return new Batch(events, requests);
    }

    /** What the event declares, and what its metadata says beside. */
    static SortedSet<Identity> links(EventCodec codec, EventDescriptor descriptor, DomainEventMessage<?> message) {
        SortedSet<Identity> stored = codec.links(message);
        if (!hasTriggers(message)) {
            return stored;
        }
        SortedSet<Identity> links = new TreeSet<>(stored);
        links.addAll(descriptor.links(message.getPayload()));
        return links;
    }

    /** Actions on plain aggregates, and effects, are checked by whoever appends them. */
    private static boolean isOwn(Class<?> payloadType) {
        return payloadType == PatchApplied.class || payloadType == EffectFired.class;
    }

    /** Whether whoever applied the event said himself what it links to. */
    private static boolean hasTriggers(EventMessage<?> message) {
        return message.getMetaData().containsKey(CoherenceMetaData.TRIGGERS);
    }

    boolean isEmpty() {
        return events.isEmpty() && requests.isEmpty();
    }

    /** Whether triggers have to be locked. */
    boolean needsTransaction() {
        return !links().isEmpty() || !requests.isEmpty();
    }

    Class<?> firstPayloadType() {
        return events.isEmpty()
                ? requests.get(0).message().getPayloadType()
                : events.get(0).message().getPayloadType();
    }

    /** The triggers that the events link to. */
    SortedSet<Identity> links() {
        SortedSet<Identity> links = new TreeSet<>();
        events.forEach(event -> links.addAll(event.links()));
        return links;
    }

    /** The triggers that the events fire. */
    SortedSet<Identity> fired() {
        SortedSet<Identity> fired = new TreeSet<>();
        requests.forEach(request ->
                request.effects().forEach(effect -> fired.add(effect.effect().trigger())));
        return fired;
    }
}
