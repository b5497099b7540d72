package dev.coherence.benchmarks.stock;

import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.benchmarks.book.BookRegistered;
import dev.coherence.benchmarks.book.BookRestocked;
import dev.coherence.benchmarks.book.BookSold;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;

/** Shows what is in stock, and counts what it handles. Thread-safe. */
@ProcessingGroup(StockProjection.GROUP)
@ReplayOnEffect
public final class StockProjection {

    /** The name of its processing group. */
    public static final String GROUP = "stock";

    private final StockRows rows;
    private final LongConsumer lags;
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong firstHandledAt = new AtomicLong();

    /**
     * @param lags gets the nanoseconds between each sale and its handling
     */
    public StockProjection(StockRows rows, LongConsumer lags) {
        this.rows = rows;
        this.lags = lags;
    }

    /** Begins to count anew. */
    public void startCounting() {
        handled.set(0);
    }

    /** How many events of books were handled since then, as often as they were; sales are not counted. */
    public long handled() {
        return handled.get();
    }

    /** When the first of them was handled, as {@link System#nanoTime()} has it. */
    public long firstHandledAt() {
        return firstHandledAt.get();
    }

    @EventHandler
    void on(BookRegistered event) {
        show(event.isbn(), 0);
    }

    @EventHandler
    void on(BookRestocked event) {
        show(event.isbn(), event.stock());
    }

    private void show(String isbn, int stock) {
        if (handled.getAndIncrement() == 0) {
            firstHandledAt.set(System.nanoTime());
        }
        rows.put(isbn, stock);
    }

    @EventHandler
    void on(BookSold event) {
        lags.accept(System.nanoTime() - event.at());
    }

    @AggregateResetHandler
    void reset(AggregateReset reset) {
        rows.remove(reset.aggregateIdentifier());
    }

    @ResetHandler
    void reset() {
        rows.clear();
    }
}
