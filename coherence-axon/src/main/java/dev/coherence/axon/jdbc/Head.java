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
 *   <li>Look at the rows above that position, and at rows that have filled open gaps.
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
    }

    private record Row(long number, String timestamp) {}

    Revision revision() {
        Look before = requireNonNull(last.get());
        if (highestNumber() < before.position()) {
            before = Look.NONE; // the table was emptied or restored from a backup
        }
        Look now = look(before);
        last.set(now);
        return Revision.at(now.position())
                .withUnseen(now.gaps().stream().map(Gap::range).toList())
                .coarsened(MAX_GAPS);
    }

    long highestNumber() {
        return database.list(
                        Sql.of("SELECT COALESCE(MAX(%s), 0) FROM %s".formatted(table.globalIndex(), table.table())),
                        row -> row.getLong(1))
                .get(0);
    }

    private Look look(Look before) {
        long now = nanoTime.getAsLong();
        List<Gap> gaps = new ArrayList<>();
        for (Gap gap : before.gaps()) {
            if (now - gap.firstSeenNanos() < gapTimeout.toNanos()) {
                gaps.addAll(stillOpen(gap));
            }
        }
        List<Row> rows = rowsAbove(before.position());
        if (rows.isEmpty()) {
            return new Look(before.position(), List.copyOf(gaps));
        }
        gaps.addAll(gapsBetween(before, rows, now));
        long position = rows.get(rows.size() - 1).number();
        gaps.removeIf(gap -> gap.range().last() < position - MAX_GAP_OFFSET);
        return new Look(position, List.copyOf(gaps));
    }

    private List<Gap> stillOpen(Gap gap) {
        List<Long> filled = database.list(
                Sql.of(
                        "SELECT %s FROM %s WHERE %s BETWEEN ? AND ? ORDER BY 1"
                                .formatted(table.globalIndex(), table.table(), table.globalIndex()),
                        gap.range().first(),
                        gap.range().last()),
                row -> row.getLong(1));
        List<Gap> open = new ArrayList<>();
        long next = gap.range().first();
        for (long number : filled) {
            addGap(open, next, number - 1, gap.firstSeenNanos());
            next = number + 1;
        }
        addGap(open, next, gap.range().last(), gap.firstSeenNanos());
        return open;
    }

    private List<Gap> gapsBetween(Look before, List<Row> rows, long now) {
        boolean skipped = rows.size() == MAX_GAP_OFFSET;
        long next = skipped ? rows.get(0).number() : before.position() + 1;
        long settled = before.equals(Look.NONE) ? lastOlderThanTimeout(rows) : 0;
        List<Gap> gaps = new ArrayList<>();
        for (Row row : rows) {
            addGap(gaps, Math.max(next, settled + 1), row.number() - 1, now);
            next = row.number() + 1;
        }
        return gaps;
    }

    private long lastOlderThanTimeout(List<Row> rows) {
        Instant limit = clock.instant().minus(gapTimeout);
        long settled = 0;
        for (Row row : rows) {
            if (DateTimeUtils.parseInstant(row.timestamp()).isBefore(limit)) {
                settled = row.number();
            }
        }
        return settled;
    }

    /** The nearest rows above the position, ascending; only the uppermost ones if they are very many. */
    private List<Row> rowsAbove(long position) {
        Sql sql = Sql.of(
                "SELECT %s, %s FROM %s WHERE %s > ? ORDER BY 1 DESC LIMIT %d"
                        .formatted(
                                table.globalIndex(),
                                table.timestamp(),
                                table.table(),
                                table.globalIndex(),
                                MAX_GAP_OFFSET),
                position);
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
