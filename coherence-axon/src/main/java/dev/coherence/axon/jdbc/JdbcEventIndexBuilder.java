package dev.coherence.axon.jdbc;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;

/** Builds a {@link JdbcEventIndex}. Not thread-safe. */
public final class JdbcEventIndexBuilder {

    EventTable table = EventTable.of(new EventSchema());
    IndexTables tables = IndexTables.standard();
    StreamNames names = StreamNames.withoutAnnotatedKinds();
    EventUpcaster upcasters = NoOpEventUpcaster.INSTANCE;
    EventDescriptors descriptors = new EventDescriptors();
    Duration gapTimeout = Duration.ofSeconds(60);
    Clock clock = Clock.systemUTC();
    /** How many events a build reads in one transaction. */
    int batchSize = 1000;

    private @Nullable ConnectionProvider connections;
    private @Nullable TransactionManager transactions;
    private @Nullable Serializer serializer;

    JdbcEventIndexBuilder() {}

    /** Gives connections to the database of the event store; inside a transaction, the connection of that one. */
    public JdbcEventIndexBuilder connectionProvider(ConnectionProvider provider) {
        this.connections = requireNonNull(provider, "connectionProvider");
        return this;
    }

    /** Starts transactions for reads outside of one; must be the one that the storage engine uses. */
    public JdbcEventIndexBuilder transactionManager(TransactionManager manager) {
        this.transactions = requireNonNull(manager, "transactionManager");
        return this;
    }

    /** The serializer of events, as the storage engine has it. */
    public JdbcEventIndexBuilder serializer(Serializer eventSerializer) {
        this.serializer = requireNonNull(eventSerializer, "serializer");
        return this;
    }

    /** The upcasters of events, as the storage engine has them; by default none. */
    public JdbcEventIndexBuilder upcasters(EventUpcaster eventUpcasters) {
        this.upcasters = requireNonNull(eventUpcasters, "upcasters");
        return this;
    }

    /** The names of Axon's event table and its columns; by default those of {@link EventSchema}. */
    public JdbcEventIndexBuilder eventTable(EventTable names) {
        this.table = requireNonNull(names, "eventTable");
        return this;
    }

    /** The names of the tables of the index; by default those of the shipped SQL. */
    public JdbcEventIndexBuilder indexTables(IndexTables names) {
        this.tables = requireNonNull(names, "indexTables");
        return this;
    }

    /** How identities map to streams; by default without annotated kinds. */
    public JdbcEventIndexBuilder streamNames(StreamNames streamNames) {
        this.names = requireNonNull(streamNames, "streamNames");
        return this;
    }

    /** The descriptors by which events of annotated aggregates are read; by default its own. */
    public JdbcEventIndexBuilder descriptors(EventDescriptors eventDescriptors) {
        this.descriptors = requireNonNull(eventDescriptors, "descriptors");
        return this;
    }

    /**
     * How long a transaction may last from its append to its end; a gap in the global order that is older will never be
     * filled. By default 60 seconds, as with Axon's engines; should equal theirs.
     */
    public JdbcEventIndexBuilder gapTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("gapTimeout: must be longer than zero, but is " + timeout);
        }
        this.gapTimeout = timeout;
        return this;
    }

    /** The clock against which the age of stored events is judged; by default the system's. */
    public JdbcEventIndexBuilder clock(Clock systemClock) {
        this.clock = requireNonNull(systemClock, "clock");
        return this;
    }

    /**
     * Builds the index. Opens a connection to find out which database it leads to, and notes in the tables of the index if
     * there are no events yet, so that nobody has to build anything later.
     *
     * @throws NullPointerException if something is missing
     * @throws IllegalStateException if the database is not supported
     */
    public JdbcEventIndex build() {
        return new JdbcEventIndex(this, database().run(Dialect::of));
    }

    Database database() {
        return new Database(connectionProvider(), requireNonNull(transactions, "transactionManager"));
    }

    ConnectionProvider connectionProvider() {
        return requireNonNull(connections, "connectionProvider");
    }

    OwnTransaction transaction() {
        return new OwnTransaction(requireNonNull(transactions, "transactionManager"));
    }

    Serializer serializer() {
        return requireNonNull(serializer, "serializer");
    }

    EventCodec codec() {
        return new EventCodec(names, descriptors);
    }
}
