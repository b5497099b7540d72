package dev.coherence.axon;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

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
}
