package dev.coherence.axon.jdbc;

import dev.coherence.axon.storage.StreamNames;
import java.util.List;
import org.axonframework.eventhandling.TrackedDomainEventData;

/**
 * What builds and verifications are made of.
 *
 * @param batchSize how many events are read in one transaction
 */
record IndexParts(
        Database database,
        Dialect dialect,
        EventTable table,
        StreamNames names,
        Head head,
        EventRows eventRows,
        FactReader facts,
        IndexRows rows,
        Comparison comparison,
        StateTable states,
        Completeness completeness,
        OwnTransaction transaction,
        int batchSize) {

    /** The next events above a position and up to another one, at most a batch. */
    List<TrackedDomainEventData<byte[]>> events(long above, long upTo) {
        return eventRows.fetch(eventRows
                .select()
                .add(" WHERE e.%1$s > ? AND e.%1$s <= ?".formatted(table.globalIndex()), above, upTo)
                .add(" ORDER BY e.%s LIMIT %d".formatted(table.globalIndex(), batchSize)));
    }

    /** The events with these numbers, as far as they are there. */
    List<TrackedDomainEventData<byte[]>> events(List<Long> numbers) {
        return eventRows.fetch(eventRows
                .select()
                .add(" WHERE ")
                .addIn("e." + table.globalIndex(), numbers)
                .add(" ORDER BY e." + table.globalIndex()));
    }

    /** The next events of an aggregate above a position in the global order, at most a batch. */
    List<TrackedDomainEventData<byte[]>> events(String aggregate, long above) {
        return eventRows.fetch(eventRows
                .select()
                .add(
                        " WHERE e.%s = ? AND e.%s > ?".formatted(table.aggregateIdentifier(), table.globalIndex()),
                        aggregate,
                        above)
                .add(" ORDER BY e.%s LIMIT %d".formatted(table.globalIndex(), batchSize)));
    }
}
