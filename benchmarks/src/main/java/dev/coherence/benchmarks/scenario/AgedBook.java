package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.application.Application;
import dev.coherence.benchmarks.application.Database;
import dev.coherence.benchmarks.application.Shelf;
import dev.coherence.revision.Revision;
import java.util.List;

/** A book with a history, a snapshot at the end of it, and then ten more changes of its stock. */
final class AgedBook {

    private static final int EVENTS_AFTER_SNAPSHOT = 10;

    private final int history;
    private final String isbn;
    private final Application application;
    private final Database database;
    private final long position;

    /** Stores the book; its history has so many events, from 2. */
    AgedBook(int history, Application application, Database database) {
        this.history = history;
        this.isbn = "aged-" + history;
        this.application = application;
        this.database = database;
        Shelf shelf = new Shelf(application);
        shelf.add(List.of(isbn), lastVersion(), book -> List.of());
        shelf.addSnapshot(isbn, snapshotVersion());
        this.position = database.lastPosition();
    }

    private int snapshotVersion() {
        return history - 1;
    }

    private int lastVersion() {
        return snapshotVersion() + EVENTS_AFTER_SNAPSHOT;
    }

    int history() {
        return history;
    }

    String isbn() {
        return isbn;
    }

    /** What somebody has read who has not seen the last ten events. */
    Revision stale() {
        return Revision.of(snapshotVersion(), position);
    }

    /** What somebody has read who has seen all. */
    Revision current() {
        return Revision.of(lastVersion(), position);
    }

    /** Sends a command and waits until it is done; throws what its handling threw. */
    void send(Object command) {
        application.send(command);
    }

    /** Removes what a command has stored, so that the next one finds the same book. */
    void restore() {
        database.execute(
                "DELETE FROM DomainEventEntry WHERE aggregateIdentifier = ? AND sequenceNumber > ?", isbn, (long)
                        lastVersion());
    }
}
