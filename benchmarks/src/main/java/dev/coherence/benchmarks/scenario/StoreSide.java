package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.application.Application;
import dev.coherence.benchmarks.application.Database;
import dev.coherence.benchmarks.application.PostgresServer;
import dev.coherence.benchmarks.application.Shelf;
import dev.coherence.conflict.ConflictPolicy;
import java.util.List;

/**
 * A store of books with {@value #EVENTS_OF_BOOK} events each, in a database of its own. For each of some numbers there is an
 * encryption key that so many books are linked to, the first ones of the store.
 */
final class StoreSide implements AutoCloseable {

    static final int EVENTS_OF_BOOK = 20;

    private final int events;
    private final Database database;
    private final Application application;
    private final long lastPosition;

    /**
     * Fills a new store.
     *
     * @param events how many there are in all, a multiple of {@value #EVENTS_OF_BOOK}
     * @param linked of how many books there is a key
     */
    StoreSide(PostgresServer server, int events, List<Integer> linked) {
        this.events = events;
        this.database = server.newDatabase();
        this.application = Application.withCoherence(database, ConflictPolicy.STRICT);
        new Shelf(application)
                .add(
                        Shelf.isbns(events / EVENTS_OF_BOOK),
                        EVENTS_OF_BOOK - 1,
                        book -> linked.stream()
                                .filter(count -> book < count)
                                .map(StoreSide::key)
                                .toList());
        this.lastPosition = database.lastPosition();
        database.settle();
    }

    private static String key(int linked) {
        return "of-" + linked;
    }

    /** How many events books have in all. */
    int events() {
        return events;
    }

    /** The position of the last event of a book. */
    long lastPosition() {
        return lastPosition;
    }

    Database database() {
        return database;
    }

    Application application() {
        return application;
    }

    /** Fires an effect that affects so many books. */
    void expireKeyOf(int linked) {
        application.expire(key(linked));
    }

    @Override
    public void close() {
        application.close();
        database.close();
    }
}
