package dev.coherence.axon.jdbc;

import dev.coherence.action.Event;
import dev.coherence.axon.index.NumberedEvent;
import dev.coherence.axon.storage.EventCodec;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

/** Reads rows of Axon's event table, upcasts and deserializes them, and decodes what is an event of coherence. */
final class EventRows {

    private final Database database;
    private final EventTable table;
    private final Serializer serializer;
    private final Serializer forgiving;
    private final EventUpcaster upcasters;
    private final EventCodec codec;

    EventRows(Database database, EventTable table, Serializer serializer, EventUpcaster upcasters, EventCodec codec) {
        this.database = database;
        this.table = table;
        this.serializer = serializer;
        this.forgiving = new ForgivingSerializer(serializer);
        this.upcasters = upcasters;
        this.codec = codec;
    }

    /** Begins a select of all columns, from the event table under the alias {@code e}. */
    Sql select() {
        return Sql.of("SELECT e.%s, e.%s, e.%s, e.%s, e.%s, e.%s, e.%s, e.%s, e.%s, e.%s FROM %s e"
                .formatted(
                        table.globalIndex(),
                        table.type(),
                        table.aggregateIdentifier(),
                        table.sequenceNumber(),
                        table.eventIdentifier(),
                        table.timestamp(),
                        table.payloadType(),
                        table.payloadRevision(),
                        table.payload(),
                        table.metaData(),
                        table.table()));
    }

    List<TrackedDomainEventData<byte[]>> fetch(Sql select) {
        return database.list(select, EventRows::read);
    }

    /**
     * Decodes rows in their order; rows that hold neither an action nor an effect give nothing, and a row that upcasters
     * have split gives one event.
     */
    Stream<Event> decode(List<TrackedDomainEventData<byte[]>> rows) {
        Stream<Event> events = EventStreamUtils.upcastAndDeserializeDomainEvents(rows.stream(), forgiving, upcasters)
                .asStream()
                .map(this::decode)
                .flatMap(Optional::stream);
        return SplitEvents.joined(events);
    }

    private Optional<Event> decode(DomainEventMessage<?> message) {
        return codec.decode(message, number(message));
    }

    /**
     * Upcasts the rows of one aggregate, in their order and as they are asked for. What cannot be read fails when it is asked
     * for, as with Axon's own engines.
     */
    Stream<NumberedEvent> messages(Stream<TrackedDomainEventData<byte[]>> rows) {
        return EventStreamUtils.upcastAndDeserializeDomainEvents(rows, serializer, upcasters)
                .asStream()
                .map(message -> new NumberedEvent(number(message), message));
    }

    /**
     * Upcasts rows of any kind, be they of aggregates or not. As for {@link #decode}, a class that the serializer refuses to name
     * counts as one that is missing.
     */
    Stream<NumberedEvent> forgivenMessages(List<TrackedDomainEventData<byte[]>> rows) {
        return EventUtils.upcastAndDeserializeTrackedEvents(rows.stream(), forgiving, upcasters)
                .flatMap(message -> message instanceof DomainEventMessage<?> event
                        ? Stream.of(new NumberedEvent(number(event), event))
                        : Stream.empty());
    }

    private static long number(DomainEventMessage<?> message) {
        TrackingToken token = ((TrackedEventMessage<?>) message).trackingToken();
        return token.position().orElseThrow();
    }

    private static TrackedDomainEventData<byte[]> read(ResultSet row) throws SQLException {
        return new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(row.getLong(1)),
                new GenericDomainEventEntry<>(
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        bytes(row, 9),
                        bytes(row, 10)));
    }

    /** Reads a column of bytes, also where Hibernate made it a large object of PostgreSQL (type {@code oid}). */
    private static byte @Nullable [] bytes(ResultSet row, int column) throws SQLException {
        int type = row.getMetaData().getColumnType(column);
        if (type != Types.BIGINT && type != Types.BLOB) {
            return row.getBytes(column);
        }
        Blob blob = row.getBlob(column);
        if (blob == null) {
            return null;
        }
        return blob.getBytes(1, Math.toIntExact(blob.length()));
    }
}
