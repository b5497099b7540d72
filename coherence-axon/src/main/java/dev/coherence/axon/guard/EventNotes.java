package dev.coherence.axon.guard;

import dev.coherence.action.Identity;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.event.EventNumbers;
import dev.coherence.axon.payload.EventDescriptor;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.TriggerLines;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/** Writes into the metadata of an event where it comes from, why, what it links to, and what it was laid on. */
final class EventNotes {

    /** What a handler may have copied from the metadata of another message. */
    private static final Set<String> NOT_OURS = Set.of(
            EventTag.KEY,
            CoherenceMetaData.REASON,
            CoherenceMetaData.TRIGGERS,
            CoherenceMetaData.TIMESTAMP,
            CoherenceMetaData.LISTED,
            CoherenceMetaData.MARKED,
            CoherenceMetaData.MERGED,
            CoherenceMetaData.ACCEPTED,
            CoherenceMetaData.REPLACED);

    private final Guarded guarded;
    private final EventCodec codec;

    EventNotes(Guarded guarded, EventCodec codec) {
        this.guarded = guarded;
        this.codec = codec;
    }

    DomainEventMessage<?> on(GuardedEvent event, Verdict verdict) {
        DomainEventMessage<?> message = verdict.message();
        EventDescriptor descriptor = guarded.descriptors().of(message.getPayloadType());
        Map<String, Object> notes = new HashMap<>(message.getMetaData());
        notes.keySet().removeAll(NOT_OURS);
        notes.put(CoherenceMetaData.SOURCE, guarded.settings().source());
        if (descriptor.isAction() || descriptor.declaresEffects()) {
            notes.put(CoherenceMetaData.REASON, descriptor.reason());
        }
        SortedSet<Identity> links =
                message == event.message() ? event.links() : Batch.links(codec, descriptor, message);
        if (!links.isEmpty()) {
            notes.put(CoherenceMetaData.TRIGGERS, TriggerLines.print(links));
        }
        numbers(notes, CoherenceMetaData.LISTED, verdict.unseen().listed());
        numbers(notes, CoherenceMetaData.MARKED, verdict.unseen().marked());
        numbers(notes, CoherenceMetaData.MERGED, verdict.merged());
        numbers(notes, CoherenceMetaData.ACCEPTED, verdict.accepted());
        numbers(notes, CoherenceMetaData.REPLACED, verdict.replaced());
        return message.withMetaData(notes);
    }

    /** A request of whatever origin says who has seen to it. */
    EventMessage<?> on(EventMessage<?> request) {
        Map<String, Object> notes = new HashMap<>(request.getMetaData());
        notes.remove(EventTag.KEY);
        notes.put(CoherenceMetaData.SOURCE, guarded.settings().source());
        return request.withMetaData(notes);
    }

    private static void numbers(Map<String, Object> notes, String key, SortedSet<Long> numbers) {
        if (!numbers.isEmpty()) {
            notes.put(key, EventNumbers.print(numbers));
        }
    }
}
