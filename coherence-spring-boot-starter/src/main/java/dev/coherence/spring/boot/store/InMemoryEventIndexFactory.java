package dev.coherence.spring.boot.store;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.StreamNames;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** For Axon's in-memory engine. */
public final class InMemoryEventIndexFactory implements EventIndexFactory {

    private final StreamNames names;
    private final EventDescriptors descriptors;

    /** Creates the factory, given how identities map to streams, and how events of annotated aggregates are read. */
    public InMemoryEventIndexFactory(StreamNames names, EventDescriptors descriptors) {
        this.names = names;
        this.descriptors = descriptors;
    }

    @Override
    public Optional<EventIndex> index(EventStorageEngine engine) {
        return engine instanceof InMemoryEventStorageEngine inMemory
                ? Optional.of(new InMemoryEventIndex(inMemory, names, descriptors))
                : Optional.empty();
    }
}
