package dev.coherence.spring.boot.store;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.jdbc.EventTable;
import java.util.Optional;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;

/** For Axon's JDBC engine. Its tables come from the application; only those of the index are created here. */
public final class JdbcEventIndexFactory implements EventIndexFactory {

    private final IndexParts parts;
    private final ConnectionProvider connections;
    private final EventTable events;

    /**
     * Creates the factory.
     *
     * @param parts what the index is made of
     * @param connections the connection provider of the engine
     * @param events the names of the event table, as the engine has them
     */
    public JdbcEventIndexFactory(IndexParts parts, ConnectionProvider connections, EventTable events) {
        this.parts = parts;
        this.connections = connections;
        this.events = events;
    }

    @Override
    public Optional<EventIndex> index(EventStorageEngine engine) {
        return engine instanceof JdbcEventStorageEngine
                ? Optional.of(parts.over(connections, events, connection -> {}))
                : Optional.empty();
    }
}
