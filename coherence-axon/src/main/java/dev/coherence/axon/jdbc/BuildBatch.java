package dev.coherence.axon.jdbc;

import dev.coherence.axon.index.UnreadableEvent;
import dev.coherence.axon.jdbc.Comparison.Difference;
import dev.coherence.axon.jdbc.Comparison.Differences;
import dev.coherence.axon.jdbc.IndexBuild.Reach;
import dev.coherence.axon.jdbc.StateTable.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedDomainEventData;

/**
 * Builds what a batch of events asks for, within a transaction of the caller. It locks the row of state first. So of several
 * builders one reads each event, and if the transaction is rolled back, position and rows stay what they were.
 *
 * <p>Appends do not touch the row of state. They may insert the very link that is inserted here: then the later one waits for the
 * earlier. Rows are written last, to keep that short; and where it is us who wait, we give up soon, since a deadlock must not
 * cost somebody his command.
 */
final class BuildBatch {

    private static final String GIVE_UP_SOON = "SET LOCAL lock_timeout = '100ms'";

    private final IndexParts parts;

    BuildBatch(IndexParts parts) {
        this.parts = parts;
    }

    /**
     * What a batch has done.
     *
     * @param goesOn false if the build is complete, or superseded
     * @param isAtReach whether all that may be read was read
     */
    record Done(
            boolean goesOn,
            boolean isAtReach,
            long position,
            long target,
            int eventsRead,
            Differences differences,
            List<UnreadableEvent> unreadable) {

        private static Done nothing(Row row) {
            return new Done(false, true, row.position(), row.target(), 0, Differences.NONE, List.of());
        }
    }

    /**
     * Reads the next events of the run.
     *
     * @param reach up to where they may be read
     */
    Done run(String run, Reach reach) {
        Optional<Row> locked = parts.states().lock();
        if (locked.isEmpty()) {
            return Done.nothing(new Row(false, run, 0, 0, 0)); // somebody has emptied the table
        }
        Row row = locked.get();
        if (row.complete() || !row.run().equals(run)) {
            return Done.nothing(row);
        }
        List<TrackedDomainEventData<byte[]>> events = parts.events(row.position(), reach.settled());
        Facts facts = parts.facts().of(events);
        Differences differences = parts.comparison().of(facts);
        write(differences);

        boolean isAtReach = events.size() < parts.batchSize();
        long position = isAtReach
                ? Math.max(row.position(), reach.settled())
                : events.get(events.size() - 1).trackingToken().position().orElseThrow();
        boolean complete = position >= row.target() || (isAtReach && reach.isAll());
        long unreadable = row.unreadable() + facts.unreadable().size();
        parts.states().update(new Row(complete, run, position, row.target(), unreadable));
        return new Done(!complete, isAtReach, position, row.target(), events.size(), differences, facts.unreadable());
    }

    private void write(Differences differences) {
        if (parts.dialect() == Dialect.POSTGRESQL) {
            parts.database().run(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.execute(GIVE_UP_SOON);
                }
            });
        }
        IndexRows rows = parts.rows();
        rows.updateLinks(expected(differences.links().stream().filter(link -> !link.isMissing())));
        rows.insertLinks(expected(differences.links().stream().filter(Difference::isMissing)));
        rows.deleteEffects(expected(differences.effects().stream().filter(effect -> !effect.isMissing())));
        rows.insertEffects(expected(differences.effects().stream()));
        rows.deleteRequests(expected(differences.requests().stream().filter(request -> !request.isMissing())));
        rows.insertRequests(expected(differences.requests().stream()));
    }

    private static <R extends IndexRow> List<R> expected(Stream<Difference<R>> differences) {
        return differences.map(Difference::expected).toList();
    }
}
