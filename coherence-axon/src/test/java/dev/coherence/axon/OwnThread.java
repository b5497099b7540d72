package dev.coherence.axon;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Work on a thread of its own: in the common pool of a small machine, work that waits for a lock stops all other. */
public final class OwnThread {

    private static final Executor EACH = work -> {
        Thread thread = new Thread(work, "own thread of a test");
        thread.setDaemon(true);
        thread.start();
    };

    private OwnThread() {}

    /** Begins the work, whose result the future gives. */
    public static <T> CompletableFuture<T> supply(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, EACH);
    }

    /** Begins the work. */
    public static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, EACH);
    }

    /** What so many threads return, each given its number from 0 on, that begin at the same moment. */
    public static <T> List<T> together(int threads, IntFunction<T> work) {
        CyclicBarrier start = new CyclicBarrier(threads);
        List<CompletableFuture<T>> running = IntStream.range(0, threads)
                .mapToObj(thread -> supply(() -> {
                    try {
                        start.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return work.apply(thread);
                }))
                .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }
}
