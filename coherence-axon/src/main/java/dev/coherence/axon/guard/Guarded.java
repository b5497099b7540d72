package dev.coherence.axon.guard;

import static java.util.Objects.requireNonNull;

import dev.coherence.CoherenceSettings;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.EventCodec;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * What the guard works on. Thread-safe if its parts are.
 *
 * @param eventStore the store that is guarded
 * @param index the index of its storage engine
 * @param descriptors of event classes
 * @param aggregates the annotated aggregates of the application
 * @param settings the policy where neither command nor aggregate has one; source and clock of what is appended
 */
public record Guarded(
        EventStore eventStore,
        EventIndex index,
        EventDescriptors descriptors,
        AggregateAccess aggregates,
        CoherenceSettings settings) {

    /** Refuses null. */
    public Guarded {
        requireNonNull(eventStore, "eventStore");
        requireNonNull(index, "index");
        requireNonNull(descriptors, "descriptors");
        requireNonNull(aggregates, "aggregates");
        requireNonNull(settings, "settings");
    }

    EventCodec codec() {
        return new EventCodec(index.streamNames(), descriptors);
    }
}
