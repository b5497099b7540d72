package dev.coherence.axon.jdbc;

import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.index.NumberedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.TrackedDomainEventData;

/** Reads all events of aggregates: of one page by page, or of many together. Upcasters see one aggregate at a time. */
final class AggregateEvents {

    private static final int MAX_AGGREGATES_PER_STATEMENT = 500;

    private final EventRows rows;
    private final EventTable table;

    AggregateEvents(EventRows rows, EventTable table) {
        this.rows = rows;
        this.table = table;
    }

    Stream<NumberedEvent> of(AffectedAggregate aggregate) {
        AtomicBoolean isFirstPage = new AtomicBoolean(true);
        return rows.messages(Pages.stream(
                rows,
                -1,
                last -> rows.select()
                        .add(" WHERE e." + table.aggregateIdentifier() + " = ?", aggregate.identifier())
                        .add(" AND e." + table.sequenceNumber() + " > ?", last)
                        .add(" ORDER BY e." + table.sequenceNumber() + " LIMIT " + Pages.PAGE_SIZE),
                DomainEventData::getSequenceNumber,
                page -> {
                    if (isFirstPage.getAndSet(false)) {
                        aggregate.requireBeginningAt(page.get(0).getSequenceNumber());
                    }
                    return page.stream();
                }));
    }

    Map<AffectedAggregate, List<NumberedEvent>> of(Collection<AffectedAggregate> aggregates, int maxEvents) {
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents: must be positive, and is " + maxEvents);
        }
        Map<AffectedAggregate, List<NumberedEvent>> complete = new HashMap<>();
        List<AffectedAggregate> all = List.copyOf(Set.copyOf(aggregates));
        int left = maxEvents;
        for (int i = 0; i < all.size() && left > 0; i += MAX_AGGREGATES_PER_STATEMENT) {
            List<AffectedAggregate> some = all.subList(i, Math.min(all.size(), i + MAX_AGGREGATES_PER_STATEMENT));
            left -= read(some, left, complete);
        }
        return complete;
    }

    /** Adds the aggregates whose events were all read, and returns how many rows were read. */
    private int read(
            List<AffectedAggregate> some, int maxEvents, Map<AffectedAggregate, List<NumberedEvent>> complete) {
        List<TrackedDomainEventData<byte[]>> found = rows.fetch(select(some, maxEvents + 1L));
        Map<String, List<TrackedDomainEventData<byte[]>>> streams = new HashMap<>();
        found.forEach(row -> streams.computeIfAbsent(row.getAggregateIdentifier(), key -> new ArrayList<>())
                .add(row));
        boolean all = found.size() <= maxEvents;
        if (!all) { // there may be more of the last one, and of those that were not reached
            streams.remove(found.get(found.size() - 1).getAggregateIdentifier());
        }
        for (AffectedAggregate aggregate : some) {
            List<TrackedDomainEventData<byte[]>> stream = streams.get(aggregate.identifier());
            if (stream != null || all) {
                messages(stream == null ? List.of() : stream).ifPresent(events -> complete.put(aggregate, events));
            }
        }
        return found.size();
    }

    private Sql select(List<AffectedAggregate> some, long limit) {
        return rows.select()
                .add(" WHERE ")
                .addIn(
                        "e." + table.aggregateIdentifier(),
                        some.stream().map(AffectedAggregate::identifier).toList())
                .add(" ORDER BY e.%s, e.%s LIMIT %d"
                        .formatted(table.aggregateIdentifier(), table.sequenceNumber(), limit));
    }

    /** Nothing where reading fails, so that it does so for the one who reads this aggregate alone, and not for the others. */
    private Optional<List<NumberedEvent>> messages(List<TrackedDomainEventData<byte[]>> stream) {
        if (!stream.isEmpty() && stream.get(0).getSequenceNumber() > 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(rows.messages(stream.stream()).toList());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
