package dev.coherence.spring.boot.store;

import dev.coherence.axon.index.EventIndex;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** Makes the index for one kind of storage engine. */
@FunctionalInterface
public interface EventIndexFactory {

    /**
     * Returns the index over the engine, or nothing if the engine is of another kind.
     *
     * @throws dev.coherence.spring.boot.failure.CoherenceStartException if the index would not be sound, or lacks
     *     something
     */
    Optional<EventIndex> index(EventStorageEngine engine);
}
