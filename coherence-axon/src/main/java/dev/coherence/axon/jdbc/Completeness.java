package dev.coherence.axon.jdbc;

import dev.coherence.axon.index.IndexState;
import dev.coherence.axon.index.IndexState.Status;
import dev.coherence.axon.jdbc.StateTable.Row;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the index is complete, for those who rely on it. Once it is known to be complete, nobody asks the database again;
 * until then somebody does every few seconds. Says so in the log, once for each use. Thread-safe.
 */
final class Completeness {

    private static final Logger logger =
            LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

    private final StateTable table;
    private final Head head;
    private final LongSupplier nanoTime;
    private final Set<Use> told = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean complete;
    private volatile @Nullable Known known;

    Completeness(StateTable table, Head head, LongSupplier nanoTime) {
        this.table = table;
        this.head = head;
        this.nanoTime = nanoTime;
    }

    /** What was found, and when. */
    private record Known(IndexState state, long nanos) {

        /** What is known to be unreadable stays so until somebody rebuilds. */
        boolean isOutdated(long now) {
            return state.status() != Status.COMPLETE && now - nanos >= LOOK_AGAIN_NANOS;
        }
    }

    /** Who relies on the index. */
    enum Use {
        CONFLICTS("Conflict checks may overlook effects"),
        REPLAYS("Replays may leave out aggregates");

        private final String consequence;

        Use(String consequence) {
            this.consequence = consequence;
        }
    }

    /** Notes that a store without events has nothing to build, and what is known about any other. */
    void begin(OwnTransaction transaction) {
        try {
            transaction.run(() -> {
                if (table.read().isEmpty() && head.highestNumber() == 0) {
                    table.insert(new Row(true, UUID.randomUUID().toString(), 0, 0, 0));
                }
                return note(state());
            });
        } catch (RuntimeException e) {
            logger.debug("Whether the link index is complete cannot be told yet", e); // tables may be created later
        }
    }

    /** Returns how far the index is, as the database says. */
    IndexState state() {
        Optional<Row> row = table.read();
        if (row.isPresent()) {
            return row.get().toState();
        }
        long last = head.highestNumber();
        return new IndexState(last == 0 ? Status.COMPLETE : Status.NEVER_BUILT, 0, last, 0);
    }

    /** Notes what was found; returns it. */
    IndexState note(IndexState state) {
        known = new Known(state, nanoTime.getAsLong());
        complete = state.isComplete();
        if (complete && !told.isEmpty()) {
            told.clear();
            logger.info("The link index is complete now");
        }
        return state;
    }

    /** Says so in the log if the index is not complete. */
    void checkFor(Use use) {
        if (!complete) {
            lookFor(use);
        }
    }

    /** One looks, and nobody waits for him: he may be waiting for a connection that another one has. */
    private void lookFor(Use use) {
        Known last = known;
        if ((last == null || last.isOutdated(nanoTime.getAsLong())) && looking.compareAndSet(false, true)) {
            try {
                note(state());
            } finally {
                looking.set(false);
            }
        }
        Known now = known;
        if (now != null && !now.state().isComplete() && told.add(use)) {
            logger.warn("{}: {}", use.consequence, told(now.state()));
        }
    }

    /** Returns what is to be done about an index that is not complete. */
    private static String told(IndexState state) {
        return switch (state.status()) {
            case NEVER_BUILT ->
                "the link index was never built for the events that are older than it, up to %d. %s"
                        .formatted(state.target(), wayOut("build", "if-incomplete"));
            case BUILDING ->
                "the link index is built up to event %d of %d. If nobody is at it: %s"
                        .formatted(state.position(), state.target(), wayOut("build", "if-incomplete"));
            case COMPLETE ->
                "%d stored events could not be read when the link index was built; the log of the build names them. Make them"
                                .formatted(state.unreadable())
                        + " readable (classes, upcasters, what XStream allows), and then: "
                        + wayOut("rebuild", "rebuild");
        };
    }

    private static String wayOut(String method, String property) {
        return "Call EventIndex.maintenance().%s(..), or start with axon.coherence.index.build=%s."
                .formatted(method, property);
    }
}
