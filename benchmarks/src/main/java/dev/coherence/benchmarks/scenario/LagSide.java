package dev.coherence.benchmarks.scenario;

import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.benchmarks.application.Projector;
import dev.coherence.benchmarks.application.Projector.Kind;
import dev.coherence.benchmarks.application.Projector.Shape;
import dev.coherence.benchmarks.measure.Percentiles;
import dev.coherence.benchmarks.stock.NoStock;
import dev.coherence.benchmarks.stock.StockProjection;
import java.util.concurrent.TimeUnit;

/** A projection that gets live events at a steady pace, while it replays or while it does not. */
final class LagSide implements AutoCloseable {

    private static final int BATCH_SIZE = 100;

    private final StoreSide store;
    private final Projector projector;
    private final Percentiles lags = new Percentiles();

    /**
     * What was seen in one slice.
     *
     * @param median of the lags of live events, in milliseconds
     * @param p99 that 99 % of them do not exceed
     * @param seconds from the effect until all was replayed
     */
    record Lag(double median, double p99, double seconds) {}

    /**
     * @param share of the replay
     */
    LagSide(StoreSide store, double share) {
        this.store = store;
        this.projector = Projector.withReplays(
                store.application(),
                store.database(),
                new StockProjection(new NoStock(), lags::add),
                new Shape("share-" + share, Kind.TRACKING, BATCH_SIZE),
                new ReplaySettings(share, ReplaySettings.standard().aggregatesAtOnce()));
    }

    /** Lets live events come while nothing is replayed. */
    Lag idle(long millis) {
        return during(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while measuring", e);
            }
        });
    }

    /** Lets live events come until an effect is replayed that affects so many books. */
    Lag replaying(int books) {
        return during(() -> {
            long done = projector.replayed() + books;
            store.expireKeyOf(books);
            projector.awaitReplayed(done);
        });
    }

    /**
     * The same, while another side is after the claim of this one.
     *
     * @param look called when half of the books are replayed, and when nine tenths are
     */
    Lag replaying(int books, LagSide rival, Runnable look) {
        return during(() -> {
            rival.projector.startInVain();
            long before = projector.replayed();
            store.expireKeyOf(books);
            projector.awaitReplayed(before + books / 2);
            look.run();
            projector.awaitReplayed(before + books * 9L / 10);
            look.run();
            projector.awaitReplayed(before + books);
            rival.projector.stop();
            rival.projector.requireInVain();
        });
    }

    private Lag during(Runnable work) {
        projector.skipToHead();
        projector.start();
        lags.clear();
        long begin = System.nanoTime();
        int sold;
        try (Sales sales = new Sales(store.application())) {
            work.run();
            sold = sales.end();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        projector.await("has handled %d sales".formatted(sold), () -> lags.count() >= sold);
        projector.stop();
        return new Lag(lags.millis(50), lags.millis(99), seconds);
    }

    @Override
    public void close() {
        projector.close();
    }
}
