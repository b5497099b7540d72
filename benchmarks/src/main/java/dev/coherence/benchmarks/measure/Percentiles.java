package dev.coherence.benchmarks.measure;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects durations, and tells how long most of them are. Thread-safe. */
public final class Percentiles {

    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

    /** Adds a duration in nanoseconds. */
    public void add(long duration) {
        nanos.add(duration);
    }

    /** How many there are. */
    public int count() {
        return nanos.size();
    }

    /** Forgets all. */
    public void clear() {
        nanos.clear();
    }

    /**
     * The shortest duration that so many percent do not exceed, in milliseconds (nearest rank).
     *
     * @param percent above 0, up to 100
     * @throws IllegalStateException if there is no duration
     */
    public double millis(double percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException("There is no duration to take a percentile of");
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return Arrays.stream(sorted).skip(rank - 1L).findFirst().orElseThrow() / 1e6;
    }
}
