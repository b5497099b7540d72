package dev.coherence.spring.boot.store;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.storage.StreamNames;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** For Axon's in-memory engine. */
public final class InMemoryEventIndexFactory implements EventIndexFactory {

    private final StreamNames names;

    /** Creates the factory, given how identities map to streams. */
    public InMemoryEventIndexFactory(StreamNames names) {
        this.names = names;
    }

    @Override
    public Optional<EventIndex> index(EventStorageEngine engine) {
        return engine instanceof InMemoryEventStorageEngine inMemory
                ? Optional.of(new InMemoryEventIndex(inMemory, names))
                : Optional.empty();
    }
}
