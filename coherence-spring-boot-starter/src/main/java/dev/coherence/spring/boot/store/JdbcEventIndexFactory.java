package dev.coherence.spring.boot.store;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.spring.boot.failure.UnusableEventStoreException;
import java.util.Optional;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.jspecify.annotations.Nullable;

/** For Axon's JDBC engine. Its tables come from the application; only those of the index are created here. */
public final class JdbcEventIndexFactory implements EventIndexFactory {

    private final IndexParts parts;
    private final ConnectionProvider connections;
    private final @Nullable EventTable events;

    /**
     * Creates the factory.
     *
     * @param parts what the index is made of
     * @param connections the connection provider of the engine
     * @param events the names of the event table, as the engine has them; null if nobody has told them
     */
    public JdbcEventIndexFactory(IndexParts parts, ConnectionProvider connections, @Nullable EventTable events) {
        this.parts = parts;
        this.connections = connections;
        this.events = events;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnusableEventStoreException if nobody has told the names of the event table: an index over a table that the
     *     engine does not use would find no conflict
     */
    @Override
    public Optional<EventIndex> index(EventStorageEngine engine) {
        if (!(engine instanceof JdbcEventStorageEngine)) {
            return Optional.empty();
        }
        if (events == null) {
            throw new UnusableEventStoreException(
                    "The application defines its own JdbcEventStorageEngine, and no bean says which table it uses.",
                    "Define the EventSchema that it is built with as a bean of type"
                            + " org.axonframework.eventsourcing.eventstore.jdbc.EventSchema. If it stores events in another"
                            + " database than the ConnectionProvider bean leads to, define a bean of type"
                            + " dev.coherence.axon.index.EventIndex instead.");
        }
        return Optional.of(parts.over(connections, events, connection -> {}));
    }
}
