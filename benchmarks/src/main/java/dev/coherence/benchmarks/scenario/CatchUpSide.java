package dev.coherence.benchmarks.scenario;

import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.benchmarks.application.Projector;
import dev.coherence.benchmarks.application.Projector.Kind;
import dev.coherence.benchmarks.application.Projector.Shape;
import dev.coherence.benchmarks.measure.Contestant;
import dev.coherence.benchmarks.stock.StockInMemory;
import dev.coherence.benchmarks.stock.StockProjection;
import java.util.Locale;

/** A processor that handles all events of a store again and again. Its projection costs next to nothing. */
final class CatchUpSide implements Contestant, AutoCloseable {

    private final CatchUpCase shape;
    private final StoreSide store;
    private final Projector projector;

    /**
     * What a side is.
     *
     * @param replays whether the projection takes part in replays
     */
    record CatchUpCase(Kind kind, int batchSize, boolean replays) {

        CatchUpCase plainAxon() {
            return new CatchUpCase(kind, batchSize, false);
        }

        @Override
        public String toString() {
            return "%s processor, batches of %,d: %s"
                    .formatted(
                            kind.name().toLowerCase(Locale.ROOT), batchSize, replays ? "with replays" : "plain Axon");
        }
    }

    CatchUpSide(CatchUpCase shape, StoreSide store) {
        this.shape = shape;
        this.store = store;
        StockProjection projection = new StockProjection(new StockInMemory(), lag -> {});
        Shape processor = new Shape(
                "%s-%d-%s".formatted(shape.kind(), shape.batchSize(), shape.replays()),
                shape.kind(),
                shape.batchSize());
        this.projector = shape.replays()
                ? Projector.withReplays(
                        store.application(), store.database(), projection, processor, ReplaySettings.standard())
                : Projector.plainAxon(store.application(), store.database(), projection, processor);
    }

    CatchUpCase shape() {
        return shape;
    }

    /** Handles all events, and returns how many in a second: from the first that is handled until the last is committed. */
    @Override
    public double measureSlice() {
        projector.reset();
        projector.start();
        projector.awaitHandled(store.events(), store.lastPosition());
        long nanos = System.nanoTime() - projector.projection().firstHandledAt();
        projector.stop();
        return store.events() / (nanos / 1e9);
    }

    @Override
    public void close() {
        projector.close();
    }
}
