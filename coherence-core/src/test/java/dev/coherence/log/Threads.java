package dev.coherence.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs things at the same time, and waits for them in vain for no longer than some minutes. */
final class Threads {

    private static final long MINUTES = 5;

    private Threads() {}

    /** Starts all tasks at one moment, each in a thread of its own; their results in order. */
    static <T> List<T> together(List<? extends Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(MINUTES, TimeUnit.MINUTES));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Starts a task in a thread of its own and gives it some time to end, or to get stuck waiting for somebody. */
    static <T> Future<T> aside(Callable<T> task, long patienceMillis) throws InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<T> future = thread.submit(task);
        thread.shutdown();
        boolean unused = thread.awaitTermination(patienceMillis, TimeUnit.MILLISECONDS);
        return future;
    }

    static <T> T ended(Future<T> future) throws Exception {
        return future.get(MINUTES, TimeUnit.MINUTES);
    }
}
