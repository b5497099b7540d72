package dev.coherence.axon.jdbc;

import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/**
 * The names of Axon's domain event table and its columns, as they stand in SQL: quoted by the caller where the database
 * needs it.
 */
public record EventTable(
        String table,
        String globalIndex,
        String eventIdentifier,
        String aggregateIdentifier,
        String sequenceNumber,
        String type,
        String timestamp,
        String payloadType,
        String payloadRevision,
        String payload,
        String metaData) {

    /** Returns the names that Axon's JDBC engine uses with the schema. */
    public static EventTable of(EventSchema schema) {
        return new EventTable(
                schema.domainEventTable(),
                schema.globalIndexColumn(),
                schema.eventIdentifierColumn(),
                schema.aggregateIdentifierColumn(),
                schema.sequenceNumberColumn(),
                schema.typeColumn(),
                schema.timestampColumn(),
                schema.payloadTypeColumn(),
                schema.payloadRevisionColumn(),
                schema.payloadColumn(),
                schema.metaDataColumn());
    }
}
