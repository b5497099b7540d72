package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.index.NumberedEvent;
import dev.coherence.axon.index.UnreadableEvent;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.UnknownSerializedType;

/** Tells from stored events what appending them has stored in the index, or would store today. One bad event spoils no other. */
final class FactReader {

    private final EventRows rows;
    private final EventCodec codec;
    private final StreamNames names;

    FactReader(EventRows rows, EventCodec codec, StreamNames names) {
        this.rows = rows;
        this.codec = codec;
        this.names = names;
    }

    /** Returns what the events say, which upcasters see together and in their order. */
    Facts of(List<TrackedDomainEventData<byte[]>> events) {
        List<NumberedEvent> messages;
        try {
            messages = rows.forgivenMessages(events).toList();
        } catch (RuntimeException | LinkageError e) {
            return oneByOne(events);
        }
        Facts facts = new Facts();
        messages.forEach(event -> add(event, facts));
        return facts;
    }

    private Facts oneByOne(List<TrackedDomainEventData<byte[]>> events) {
        Facts facts = new Facts();
        for (TrackedDomainEventData<byte[]> event : events) {
            try {
                rows.forgivenMessages(List.of(event)).toList().forEach(message -> add(message, facts));
            } catch (RuntimeException | LinkageError e) {
                facts.unreadable()
                        .add(new UnreadableEvent(
                                event.trackingToken().position().orElseThrow(),
                                event.getPayload().getType().getName(),
                                e.toString()));
            }
        }
        return facts;
    }

    private void add(NumberedEvent event, Facts facts) {
        DomainEventMessage<?> message = event.message();
        try {
            if (message.getPayloadType() == EffectFired.class) {
                Identity trigger = ((EffectFired) message.getPayload()).trigger();
                facts.effects().add(IndexRow.Effect.of(event.number(), trigger, names));
            } else if (message.getPayloadType() == ReplayRequested.class) {
                ReplayRequested request = (ReplayRequested) message.getPayload();
                facts.requests().add(IndexRow.Request.of(event.number(), request, names));
            } else {
                addLinks(event.number(), message, facts);
            }
        } catch (RuntimeException | LinkageError e) {
            addUnreadable(event, message.getPayloadType().getName(), e.toString(), facts);
        }
    }

    private void addLinks(long number, DomainEventMessage<?> message, Facts facts) {
        SortedSet<Identity> links = links(message);
        if (links.isEmpty()
                && message.getPayloadType() == UnknownSerializedType.class
                && names.isAnnotatedType(message.getType())) {
            String type = ((UnknownSerializedType) message.getPayload())
                    .serializedType()
                    .getName();
            addUnreadable(
                    new NumberedEvent(number, message), type, "there is no such class, or it is not allowed", facts);
        }
        links.forEach(trigger -> facts.links()
                .add(new Facts.Link(number, message.getAggregateIdentifier(), message.getType(), trigger)));
    }

    /** Metadata holds the links that the class declared when the event was appended; by now it may declare more. */
    private SortedSet<Identity> links(DomainEventMessage<?> message) {
        SortedSet<Identity> links = new TreeSet<>(codec.links(message));
        MetaData metaData = message.getMetaData();
        if (metaData.containsKey(CoherenceMetaData.TRIGGERS)) {
            links.addAll(codec.links(message.withMetaData(metaData.withoutKeys(Set.of(CoherenceMetaData.TRIGGERS)))));
        }
        return links;
    }

    /** Of an event that was split into several, one unreadable part is enough. */
    private static void addUnreadable(NumberedEvent event, String payloadType, String reason, Facts facts) {
        Predicate<UnreadableEvent> same = known -> known.number() == event.number();
        if (facts.unreadable().stream().noneMatch(same)) {
            facts.unreadable().add(new UnreadableEvent(event.number(), payloadType, reason));
        }
    }
}
