package dev.coherence.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that do pieces of work at the same time: each takes the next piece as soon as it is done with one, so that all are
 * busy until the end. To be used by one thread at a time.
 */
public final class Clients implements AutoCloseable {

    private final int count;
    private final ExecutorService threads;

    /** So many threads, from 1. They do not keep the process alive. */
    public Clients(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "client");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Does the work, each piece once, and returns how many nanoseconds went by until the last was done.
     *
     * @throws IllegalStateException if a piece failed
     */
    public long time(List<? extends Runnable> work) {
        AtomicInteger next = new AtomicInteger();
        AtomicLong begin = new AtomicLong();
        CyclicBarrier start = new CyclicBarrier(count + 1, () -> begin.set(System.nanoTime()));
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(() -> {
                start.await();
                for (int piece = next.getAndIncrement(); piece < work.size(); piece = next.getAndIncrement()) {
                    work.get(piece).run();
                }
                return null;
            }));
        }
        try {
            start.await();
            for (Future<?> thread : running) {
                thread.get();
            }
            return System.nanoTime() - begin.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A piece of work failed: " + e.getCause(), e.getCause());
        } catch (BrokenBarrierException e) {
            throw new IllegalStateException("A client did not start", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
