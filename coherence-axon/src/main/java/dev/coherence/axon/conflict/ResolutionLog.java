package dev.coherence.axon.conflict;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;
import dev.coherence.axon.storage.StreamNames;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Tells, long after, which events of an aggregate were appended over unseen ones, and on whose word. Thread-safe. */
public final class ResolutionLog {

    private final EventStore eventStore;
    private final StreamNames names;

    /** Creates a view on the event store. */
    public ResolutionLog(EventStore eventStore, StreamNames names) {
        this.eventStore = requireNonNull(eventStore, "eventStore");
        this.names = requireNonNull(names, "names");
    }

    /**
     * An event that was appended over unseen ones. Immutable.
     *
     * @param version its position among the events of its aggregate, from 0
     * @param timestamp when it was applied
     * @param payloadType the class of its payload
     * @param resolutions what it was appended over; not empty
     */
    public record ResolvedEvent(
            long version, Instant timestamp, Class<?> payloadType, AppliedResolutions resolutions) {}

    /** Returns the events of the aggregate that were appended over unseen ones, ascending. Reads its whole history. */
    public List<ResolvedEvent> of(Identity aggregate) {
        return eventStore
                .readEvents(names.ofAggregate(aggregate), 0)
                .asStream()
                .map(event -> new ResolvedEvent(
                        event.getSequenceNumber(),
                        event.getTimestamp(),
                        event.getPayloadType(),
                        AppliedResolutions.of(event.getMetaData())))
                .filter(event -> !event.resolutions().isEmpty())
                .toList();
    }
}
