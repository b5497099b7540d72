package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.application.Application;
import dev.coherence.benchmarks.application.Shelf;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Sells books at a steady pace, in a thread of its own, until it is closed: live events that come while others are replayed. */
final class Sales implements AutoCloseable {

    private static final int PER_SECOND = 200;
    private static final long NANOS_BETWEEN = 1_000_000_000L / PER_SECOND;

    /** Books that were sold in earlier slices have other names. */
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final Shelf shelf;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger sold = new AtomicInteger();
    private final Thread thread = new Thread(this::sell, "sales");
    private volatile @Nullable RuntimeException failure;

    Sales(Application application) {
        this.shelf = new Shelf(application);
        thread.setDaemon(true);
        thread.start();
    }

    private void sell() {
        long due = System.nanoTime();
        try {
            while (!closed.get()) {
                LockSupport.parkNanos(due - System.nanoTime());
                if (System.nanoTime() >= due) {
                    shelf.sell("sold-" + NEXT.getAndIncrement());
                    sold.incrementAndGet();
                    due += NANOS_BETWEEN;
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Ends the sales, and returns how many there were. */
    int end() {
        close();
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("A sale has failed", thrown);
        }
        return sold.get();
    }

    @Override
    public void close() {
        closed.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while measuring", e);
        }
    }
}
