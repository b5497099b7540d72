package dev.coherence.axon.storage;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.EventNumbers;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.log.Draft;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/**
 * Turns drafts into Axon's domain events, and stored domain events back into events. Every event of an annotated aggregate
 * is an action: its class says what it touches ({@link EventDescriptors}), its metadata who acted. If its payload cannot
 * be read, for instance because its class is gone, it touches everything; reading never fails because of it. Thread-safe.
 */
public final class EventCodec {

    private final StreamNames names;
    private final TypedEvents typedEvents;

    /** Creates a codec for streams named so, with descriptors of its own. */
    public EventCodec(StreamNames names) {
        this(names, new EventDescriptors());
    }

    /** Creates a codec for streams named so, which reads events of annotated aggregates as the descriptors say. */
    public EventCodec(StreamNames names, EventDescriptors descriptors) {
        this.names = names;
        this.typedEvents = new TypedEvents(names, descriptors);
    }

    /** Returns the identifier of the stream that the draft belongs to. */
    public String stream(Draft draft) {
        return draft.change()
                .fold(action -> names.ofAggregate(action.aggregate()), effect -> names.ofEffects(effect.trigger()));
    }

    /** Returns the type of the stream that the draft belongs to. */
    public String type(Draft draft) {
        return draft.change().fold(action -> action.aggregate().kind(), effect -> StreamNames.EFFECT_TYPE);
    }

    /** Returns the domain event for the draft, at the given position in its stream, counted from 0. */
    public DomainEventMessage<?> encode(Draft draft, long version) {
        return new GenericDomainEventMessage<>(
                type(draft),
                stream(draft),
                version,
                draft.change().<Object>fold(PatchApplied::of, EffectFired::of),
                metaData(draft));
    }

    /**
     * Returns the action or effect that the message holds, or nothing if it is none: an event of somebody else, or of an
     * annotated aggregate whose identifier is too long to be one.
     *
     * @param sequenceNumber the position of the message in the global order of the store
     */
    public Optional<Event> decode(DomainEventMessage<?> message, long sequenceNumber) {
        // The type is known without deserializing what may be an event of somebody else.
        if (message.getPayloadType() == EffectFired.class) {
            Effect effect = ((EffectFired) message.getPayload()).toEffect();
            return Optional.of(new RecordedEffect(sequenceNumber, timestampOfDraft(message), source(message), effect));
        }
        return action(message).map(action -> recorded(message, sequenceNumber, action));
    }

    /** Returns the action that the message holds, be it stored or not; nothing if it holds none. */
    public Optional<Action> action(DomainEventMessage<?> message) {
        if (message.getPayloadType() == PatchApplied.class) {
            PatchApplied patch = (PatchApplied) message.getPayload();
            return Optional.of(patch.toAction(names.aggregate(message.getType(), message.getAggregateIdentifier())));
        }
        return message.getPayloadType() == EffectFired.class ? Optional.empty() : typedEvents.action(message);
    }

    /**
     * Returns the triggers that the message links its aggregate to; none for effects and events of somebody else. For
     * messages that are about to be stored: unlike {@link #action}, it refuses what it cannot read.
     *
     * @throws dev.coherence.axon.payload.InvalidEventClassException if the class of the payload has mistakes
     * @throws dev.coherence.value.InvalidInputException if a trigger is malformed, or there are too many
     */
    public SortedSet<Identity> links(DomainEventMessage<?> message) {
        return message.getPayloadType() == PatchApplied.class
                ? ((PatchApplied) message.getPayload()).triggers()
                : typedEvents.links(message);
    }

    private static RecordedAction recorded(DomainEventMessage<?> message, long sequenceNumber, Action action) {
        boolean wasDraft = message.getPayloadType() == PatchApplied.class;
        Instant timestamp = wasDraft ? timestampOfDraft(message) : message.getTimestamp();
        return new RecordedAction(sequenceNumber, message.getSequenceNumber(), timestamp, source(message), action);
    }

    private static MetaData metaData(Draft draft) {
        Map<String, String> entries = new HashMap<>();
        entries.put(CoherenceMetaData.TIMESTAMP, draft.timestamp().toString());
        entries.put(CoherenceMetaData.SOURCE, draft.source());
        if (!draft.merged().isEmpty()) {
            entries.put(CoherenceMetaData.MERGED, EventNumbers.print(draft.merged()));
        }
        return MetaData.from(entries);
    }

    private static Instant timestampOfDraft(DomainEventMessage<?> message) {
        return EventMetaData.of(message).timestamp().orElseGet(message::getTimestamp);
    }

    private static String source(DomainEventMessage<?> message) {
        return EventMetaData.of(message).source();
    }
}
