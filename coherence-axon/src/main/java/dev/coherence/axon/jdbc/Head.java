package dev.coherence.axon.jdbc;

import static java.util.Objects.requireNonNull;

import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
 *   <li>Remember the highest position looked at, and the gaps below it that were open then, with the time at which each
 *       was first seen.
 *   <li>Look at the rows above that position and at those that have filled open gaps: in one statement, so that of a
 *       transaction that commits meanwhile all rows are found or none.
 *   <li>Give up gaps that are older than the gap timeout: no transaction lasts that long. In the first look nothing is
 *       known of their age; there, gaps below an event older than the timeout are given up.
 *   <li>Give up gaps more than {@value #MAX_GAP_OFFSET} positions back.
 * </ol>
 *
 * These are the assumptions that Axon's own tracking of gaps rests on. Thread-safe: every look is sound by itself,
 * whichever of two concurrent ones is remembered.
 */
final class Head {

    /** As far back as Axon's own engines look for gaps. */
    private static final int MAX_GAP_OFFSET = 10_000;

    /** Keeps a revision short enough for an HTTP header; more gaps are joined with what lies between them. */
    private static final int MAX_GAPS = 64;

    private final Database database;
    private final EventTable table;
    private final Duration gapTimeout;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final AtomicReference<Look> last = new AtomicReference<>(Look.NONE);

    Head(Database database, EventTable table, Duration gapTimeout, Clock clock, LongSupplier nanoTime) {
        this.database = database;
        this.table = table;
        this.gapTimeout = gapTimeout;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    private record Gap(NumberRange range, long firstSeenNanos) {}

    private record Look(long position, List<Gap> gaps) {
        private static final Look NONE = new Look(0, List.of());

        Revision revision() {
            return Revision.at(position).withUnseen(gaps.stream().map(Gap::range).toList());
        }
    }

    private record Row(long number, String timestamp) {}

    Revision revision() {
        Look before = requireNonNull(last.get());
        if (highestNumber() < before.position()) {
            before = Look.NONE; // the table was emptied or restored from a backup
        }
        Look now = look(before);
        last.set(now);
        return now.revision().coarsened(MAX_GAPS);
    }

    long highestNumber() {
        return database.list(
                        Sql.of("SELECT COALESCE(MAX(%s), 0) FROM %s".formatted(table.globalIndex(), table.table())),
                        row -> row.getLong(1))
                .get(0);
    }

    private Look look(Look before) {
        long now = nanoTime.getAsLong();
        List<Row> rows = rowsSince(before);
        long position = rows.isEmpty()
                ? before.position()
                : Math.max(before.position(), rows.get(rows.size() - 1).number());
        List<Gap> gaps = new ArrayList<>();
        for (Gap gap : windows(before, rows, position, now)) {
            if (now - gap.firstSeenNanos() < gapTimeout.toNanos()) {
                addMissing(gaps, gap, rows);
            }
        }
        gaps.removeIf(gap -> gap.range().last() < position - MAX_GAP_OFFSET);
        return new Look(position, List.copyOf(gaps));
    }

    /** What was open before, and the new positions, of which no number is known to be missing before now. */
    private List<Gap> windows(Look before, List<Row> rows, long position, long now) {
        List<Gap> windows = new ArrayList<>(before.gaps());
        long first = before.position() + 1;
        if (rows.size() == MAX_GAP_OFFSET) {
            first = Math.max(first, rows.get(0).number());
        }
        if (before.equals(Look.NONE)) {
            first = Math.max(first, lastOlderThanTimeout(rows) + 1);
        }
        addGap(windows, first, position, now);
        return windows;
    }

    private static void addMissing(List<Gap> gaps, Gap window, List<Row> rows) {
        long next = window.range().first();
        for (Row row : rows) {
            if (row.number() >= next && row.number() <= window.range().last()) {
                addGap(gaps, next, row.number() - 1, window.firstSeenNanos());
                next = row.number() + 1;
            }
        }
        addGap(gaps, next, window.range().last(), window.firstSeenNanos());
    }

    private long lastOlderThanTimeout(List<Row> rows) {
        Instant limit = clock.instant().minus(gapTimeout);
        return rows.stream()
                .filter(row -> DateTimeUtils.parseInstant(row.timestamp()).isBefore(limit))
                .mapToLong(Row::number)
                .max()
                .orElse(0);
    }

    /** The rows above the position and in open gaps, ascending; only the uppermost ones if they are very many. */
    private List<Row> rowsSince(Look before) {
        Sql sql = Sql.of("SELECT %s, %s FROM %s WHERE ".formatted(table.globalIndex(), table.timestamp(), table.table()))
                .addUnseen(table.globalIndex(), before.revision())
                .add(" ORDER BY 1 DESC LIMIT " + MAX_GAP_OFFSET);
        List<Row> rows = new ArrayList<>(database.list(sql, row -> new Row(row.getLong(1), row.getString(2))));
        Collections.reverse(rows);
        return rows;
    }

    private static void addGap(List<Gap> gaps, long first, long last, long firstSeenNanos) {
        if (first <= last) {
            gaps.add(new Gap(new NumberRange(first, last), firstSeenNanos));
        }
    }
}
