package dev.coherence.axon.simulation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

/** All threads of a node's processor, called after the node. Thread-safe. */
final class Threads implements ThreadFactory {

    private final String node;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    Threads(String node) {
        this.node = node;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, node);
        threads.removeIf(other -> other.getState() == Thread.State.TERMINATED);
        threads.add(thread);
        return thread;
    }

    /** Whether one of them is inside a method of the class. */
    boolean isIn(String className) {
        return threads.stream()
                .flatMap(thread -> Arrays.stream(thread.getStackTrace()))
                .anyMatch(frame -> frame.getClassName().equals(className));
    }

    /** Waits for all of them to end; returns whether they have. */
    boolean haveEnded(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** What they are doing at this moment. */
    List<String> stacks() {
        return threads.stream()
                .filter(Thread::isAlive)
                .flatMap(thread -> Stream.concat(
                        Stream.of("thread of %s, %s".formatted(node, thread.getState())),
                        Arrays.stream(thread.getStackTrace()).map(frame -> "    at " + frame)))
                .toList();
    }
}
