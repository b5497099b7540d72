package dev.coherence.axon.storage;

import static java.util.stream.Collectors.joining;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.log.Draft;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** Turns drafts into Axon's domain events, and stored domain events back into events. Immutable and thread-safe. */
public final class EventCodec {

    /** The source of an event whose metadata no longer names one, because an interceptor of the application replaced it. */
    private static final String UNKNOWN_SOURCE = "unknown";

    private final StreamNames names;

    /** Creates a codec for streams named so. */
    public EventCodec(StreamNames names) {
        this.names = names;
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
     * Returns the action or effect that the message holds, or nothing if it is no event of coherence.
     *
     * @param sequenceNumber the position of the message in the global order of the store
     */
    public Optional<Event> decode(DomainEventMessage<?> message, long sequenceNumber) {
        // The type is known without deserializing what may be an event of somebody else.
        Class<?> type = message.getPayloadType();
        if (type == PatchApplied.class) {
            PatchApplied patch = (PatchApplied) message.getPayload();
            Action action = patch.toAction(names.aggregate(message.getType(), message.getAggregateIdentifier()));
            return Optional.of(new RecordedAction(
                    sequenceNumber, message.getSequenceNumber(), timestamp(message), source(message), action));
        }
        if (type == EffectFired.class) {
            Effect effect = ((EffectFired) message.getPayload()).toEffect();
            return Optional.of(new RecordedEffect(sequenceNumber, timestamp(message), source(message), effect));
        }
        return Optional.empty();
    }

    private static MetaData metaData(Draft draft) {
        Map<String, String> entries = new HashMap<>();
        entries.put(CoherenceMetaData.TIMESTAMP, draft.timestamp().toString());
        entries.put(CoherenceMetaData.SOURCE, draft.source());
        if (!draft.merged().isEmpty()) {
            entries.put(
                    CoherenceMetaData.MERGED,
                    draft.merged().stream().map(String::valueOf).collect(joining(",")));
        }
        return MetaData.from(entries);
    }

    private static Instant timestamp(DomainEventMessage<?> message) {
        Object text = message.getMetaData().get(CoherenceMetaData.TIMESTAMP);
        return text == null ? message.getTimestamp() : Instant.parse(text.toString());
    }

    private static String source(DomainEventMessage<?> message) {
        Object text = message.getMetaData().get(CoherenceMetaData.SOURCE);
        return text == null ? UNKNOWN_SOURCE : text.toString();
    }
}
