package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.application.Application;
import dev.coherence.benchmarks.application.Database;
import dev.coherence.benchmarks.application.Shelf;
import dev.coherence.revision.Revision;
import java.util.List;

/**
 * A book with a history, a snapshot at the end of it, and then ten more changes of its stock.
 *
 * @param history how many events it has up to the snapshot, from 2
 * @param stale what somebody has read who has not seen the last ten events
 * @param current what somebody has read who has seen all
 */
record AgedBook(String isbn, int history, Revision stale, Revision current) {

    private static final int EVENTS_AFTER_SNAPSHOT = 10;

    /** Stores such a book. */
    static AgedBook store(int history, Application application, Database database) {
        String isbn = "aged-" + history;
        int snapshotVersion = history - 1;
        int lastVersion = snapshotVersion + EVENTS_AFTER_SNAPSHOT;
        Shelf shelf = new Shelf(application);
        shelf.add(List.of(isbn), lastVersion, book -> List.of());
        shelf.addSnapshot(isbn, snapshotVersion);
        long position = database.lastPosition();
        return new AgedBook(
                isbn, history, Revision.of(snapshotVersion, position), Revision.of(lastVersion, position));
    }

    /** Removes what a command has stored, so that the next one finds the same book. */
    void restore(Database database) {
        database.execute(
                "DELETE FROM DomainEventEntry WHERE aggregateIdentifier = ? AND sequenceNumber >= ?",
                isbn,
                (long) history + EVENTS_AFTER_SNAPSHOT);
    }
}
