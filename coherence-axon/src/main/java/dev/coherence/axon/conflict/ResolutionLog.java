package dev.coherence.axon.conflict;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.EventIndex;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;

/** Tells, long after, which events of an aggregate were appended over unseen ones, and on whose word. Thread-safe. */
public final class ResolutionLog {

    private final EventStore eventStore;
    private final EventIndex index;

    /** Creates a view on the event store, with the index of its storage engine. */
    public ResolutionLog(EventStore eventStore, EventIndex index) {
        this.eventStore = requireNonNull(eventStore, "eventStore");
        this.index = requireNonNull(index, "index");
    }

    /**
     * An event that was appended over unseen ones. Immutable.
     *
     * @param sequenceNumber its position in the global order of the store, as other entries and reports name it
     * @param version its position among the events of its aggregate, from 0
     * @param timestamp when it was applied
     * @param payloadType the class of its payload
     * @param resolutions what it was appended over; not empty
     */
    public record ResolvedEvent(
            long sequenceNumber,
            long version,
            Instant timestamp,
            Class<?> payloadType,
            AppliedResolutions resolutions) {}

    /** Returns the events of the aggregate that were appended over unseen ones, ascending. Reads its whole history. */
    public List<ResolvedEvent> of(Identity aggregate) {
        List<? extends DomainEventMessage<?>> events = eventStore
                .readEvents(index.streamNames().ofAggregate(aggregate), 0)
                .asStream()
                .filter(event -> !AppliedResolutions.of(event.getMetaData()).isEmpty())
                .toList();
        Map<String, Long> numbers =
                index.numbers(events.stream().map(Message::getIdentifier).toList());
        return events.stream()
                .map(event -> new ResolvedEvent(
                        requireNonNull(numbers.get(event.getIdentifier())),
                        event.getSequenceNumber(),
                        event.getTimestamp(),
                        event.getPayloadType(),
                        AppliedResolutions.of(event.getMetaData())))
                .toList();
    }
}
