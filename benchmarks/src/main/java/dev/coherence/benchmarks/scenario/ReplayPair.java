package dev.coherence.benchmarks.scenario;

import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.benchmarks.application.Projector;
import dev.coherence.benchmarks.application.Projector.Kind;
import dev.coherence.benchmarks.application.Projector.Shape;
import dev.coherence.benchmarks.measure.Samples;
import dev.coherence.benchmarks.stock.StockInMemory;
import dev.coherence.benchmarks.stock.StockProjection;
import dev.coherence.benchmarks.stock.StockRows;
import dev.coherence.benchmarks.stock.StockTable;
import java.util.ArrayList;
import java.util.List;

/** The same projection of a store twice: one is made consistent by plain Axon's full reset, the other by a replay on effect. */
final class ReplayPair implements AutoCloseable {

    private final StoreSide store;
    private final Projector plainAxon;
    private final Projector withReplays;

    private ReplayPair(StoreSide store, Kind kind, int batchSize, StockRows plainRows, StockRows replayedRows) {
        this.store = store;
        String place = plainRows.getClass().getSimpleName();
        this.plainAxon = Projector.plainAxon(
                store.application(),
                store.database(),
                new StockProjection(plainRows, lag -> {}),
                new Shape("plain-" + place, kind, batchSize));
        this.withReplays = Projector.withReplays(
                store.application(),
                store.database(),
                new StockProjection(replayedRows, lag -> {}),
                new Shape("replays-" + place, kind, batchSize),
                ReplaySettings.standard());
    }

    /** With a table of its own for each projection, in the database of the store. */
    static ReplayPair withTables(StoreSide store, Kind kind, int batchSize) {
        return new ReplayPair(store, kind, batchSize, table(store, "stock_plain"), table(store, "stock_replays"));
    }

    private static StockRows table(StoreSide store, String name) {
        store.database().execute(StockTable.CREATE.formatted(name));
        return new StockTable(store.database()::executeInTransaction, name);
    }

    static ReplayPair inMemory(StoreSide store, Kind kind, int batchSize) {
        return new ReplayPair(store, kind, batchSize, new StockInMemory(), new StockInMemory());
    }

    StoreSide store() {
        return store;
    }

    /** Resets plain Axon's processor, and returns the milliseconds from its start until it has handled everything again. */
    double millisOfFullReset() {
        plainAxon.reset();
        long begin = System.nanoTime();
        plainAxon.start();
        plainAxon.awaitHandled(store.events(), store.lastPosition());
        double millis = (System.nanoTime() - begin) / 1e6;
        plainAxon.stop();
        requireHandled(plainAxon, store.events());
        return millis;
    }

    /**
     * Fires effects one after another, and returns the median of the milliseconds from when it is fired until the replays of all
     * affected books are committed.
     *
     * @param books how many are affected
     */
    double millisOfEffect(int books, int effects) {
        withReplays.skipToHead();
        withReplays.start();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < effects; i++) {
            long done = withReplays.replayed() + books;
            long begin = System.nanoTime();
            store.expireKeyOf(books);
            withReplays.awaitReplayed(done);
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        withReplays.stop();
        requireHandled(withReplays, (long) effects * books * StoreSide.EVENTS_OF_BOOK);
        return new Samples(millis).median();
    }

    private static void requireHandled(Projector projector, long expected) {
        long handled = projector.projection().handled();
        if (handled != expected) {
            throw new IllegalStateException(
                    "%d events should have been handled, and %d were".formatted(expected, handled));
        }
    }

    @Override
    public void close() {
        plainAxon.close();
        withReplays.close();
    }
}
