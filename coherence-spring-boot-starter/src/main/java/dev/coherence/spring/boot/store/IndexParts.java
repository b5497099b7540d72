package dev.coherence.spring.boot.store;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.jdbc.Dialect;
import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.axon.jdbc.IndexTables;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.spring.boot.failure.UnusableEventStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.JdbcException;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/**
 * What an index beside a table of events is made of, whichever of Axon's engines writes that table.
 *
 * @param transactions the transaction manager of the engine
 * @param serializer the serializer of events
 * @param upcasters the upcasters of events
 * @param names how identities map to streams
 * @param descriptors by which events of annotated aggregates are read
 * @param tables the names of the tables of the index
 * @param gapTimeout how long a transaction may last
 * @param initialization when the tables are created
 */
public record IndexParts(
        TransactionManager transactions,
        Serializer serializer,
        EventUpcaster upcasters,
        StreamNames names,
        EventDescriptors descriptors,
        IndexTables tables,
        Duration gapTimeout,
        SchemaInitialization initialization) {

    /** Works with an open connection outside of a transaction. */
    @FunctionalInterface
    public interface StartCheck {
        /** Does nothing if all is well, and throws otherwise. */
        void run(Connection connection) throws SQLException;
    }

    private static void checkDatabase(Connection connection) throws SQLException {
        try {
            Dialect.of(connection);
        } catch (IllegalStateException e) {
            throw new UnusableEventStoreException(
                    String.valueOf(e.getMessage()),
                    "Store events in one of these databases, or set axon.coherence.enabled=false.");
        }
    }

    /**
     * Creates the tables of the index if that is wanted, and builds the index.
     *
     * @param connections gives the connection of the present transaction
     * @param events the names of the event table
     * @param check is run before the index is built
     * @throws UnusableEventStoreException if there are no transactions, or the database is not supported
     */
    public EventIndex over(ConnectionProvider connections, EventTable events, StartCheck check) {
        if (transactions instanceof NoTransactionManager) {
            throw new UnusableEventStoreException(
                    "Events are stored in a database, but Axon has no transactions: its transaction manager is the"
                            + " NoTransactionManager.",
                    "Define a PlatformTransactionManager for the database of the event store, as spring-boot-starter-jdbc"
                            + " and spring-boot-starter-data-jpa do.");
        }
        try (Connection connection = connections.getConnection()) {
            checkDatabase(connection);
            check.run(connection);
            new IndexTablesSetup(initialization, tables, events).run(connection);
        } catch (SQLException e) {
            throw new JdbcException("The database of the event store cannot be used", e);
        }
        return JdbcEventIndex.builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .eventTable(events)
                .indexTables(tables)
                .serializer(serializer)
                .upcasters(upcasters)
                .streamNames(names)
                .descriptors(descriptors)
                .gapTimeout(gapTimeout)
                .build();
    }
}
