package dev.coherence.axon.jdbc;

import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.axonframework.common.DateTimeUtils;

/**
 * Tells up to which position the store can be read now, and which positions below it may still be filled by a
 * transaction in flight.
 *
 * <p>The database gives a number when a row is inserted, not when it is committed; a number that is missing belongs
 * either to a transaction in flight or to one that was rolled back, and the table does not say to which. So:
 *
 * <ol>
 *   <li>The <em>floor</em> is a position up to which nothing will be filled any more, because a higher position was
 *       seen a gap timeout ago, and no transaction lasts that long after its append ({@link Floor}). At the first look,
 *       it is the last event whose time of append is older than the timeout.
 *   <li>It is never more than {@value #MAX_GAP_OFFSET} positions below the highest one.
 *   <li>All gaps between the floor and the highest position are listed. They are found anew at each look, in one
 *       statement, so that of another transaction all rows are found or none.
 * </ol>
 *
 * <p>These are the assumptions that Axon's own tracking of gaps rests on. A look inside a transaction sees what that
 * transaction has appended itself; looks from outside are not misled by it, because nothing above the floor is
 * remembered. Thread-safe.
 */
final class Head {

    /** As far back as Axon's own engines look for gaps. */
    private static final int MAX_GAP_OFFSET = 10_000;

    private final Database database;
    private final EventTable table;
    private final Duration gapTimeout;
    private final Clock clock;
    private final Floor floor;

    Head(Database database, EventTable table, Duration gapTimeout, Clock clock, LongSupplier nanoTime) {
        this.database = database;
        this.table = table;
        this.gapTimeout = gapTimeout;
        this.clock = clock;
        this.floor = new Floor(gapTimeout, nanoTime);
    }

    private record Row(long number, String timestamp) {}

    /** A visible position whose predecessor is missing, or the highest one. */
    private record Edge(long previous, long number) {}

    Revision revision() {
        long highest = highestNumber();
        if (highest < floor.position()) {
            floor.forget(); // the table was emptied or restored from a backup
        }
        if (!floor.isKnown()) {
            floor.begin(lastOlderThanTimeout(highest));
        }
        return look(Math.max(floor.position(), highest - MAX_GAP_OFFSET));
    }

    long highestNumber() {
        return database.list(
                        Sql.of("SELECT COALESCE(MAX(%s), 0) FROM %s".formatted(table.globalIndex(), table.table())),
                        row -> row.getLong(1))
                .get(0);
    }

    private Revision look(long from) {
        List<Edge> edges = edgesAbove(from);
        long position = edges.isEmpty() ? from : edges.get(edges.size() - 1).number();
        List<NumberRange> gaps = new ArrayList<>();
        for (Edge edge : edges) {
            if (edge.previous() + 1 < edge.number()) {
                gaps.add(new NumberRange(edge.previous() + 1, edge.number() - 1));
            }
        }
        floor.seen(position);
        return Revision.at(position).withUnseen(gaps);
    }

    private List<Edge> edgesAbove(long position) {
        Sql sql = Sql.of("""
                SELECT previous, number FROM (
                  SELECT %1$s AS number, COALESCE(LAG(%1$s) OVER (ORDER BY %1$s), ?) AS previous FROM %2$s WHERE %1$s > ?) e
                WHERE number > previous + 1 OR number = (SELECT MAX(%1$s) FROM %2$s)
                ORDER BY number""".formatted(table.globalIndex(), table.table()), position, position);
        return database.list(sql, row -> new Edge(row.getLong(1), row.getLong(2)));
    }

    private long lastOlderThanTimeout(long highest) {
        Instant limit = clock.instant().minus(gapTimeout);
        Sql sql = Sql.of(
                "SELECT %s, %s FROM %s WHERE %s > ?"
                        .formatted(table.globalIndex(), table.timestamp(), table.table(), table.globalIndex()),
                highest - MAX_GAP_OFFSET);
        return database.list(sql, row -> new Row(row.getLong(1), row.getString(2))).stream()
                .filter(row -> DateTimeUtils.parseInstant(row.timestamp()).isBefore(limit))
                .mapToLong(Row::number)
                .max()
                .orElse(0);
    }
}
