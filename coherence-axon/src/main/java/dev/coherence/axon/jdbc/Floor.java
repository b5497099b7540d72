package dev.coherence.axon.jdbc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * The position up to which no gap can be filled any more. It rises to a position once that was seen for as long as a
 * transaction may last: who has a lower number took it before, and is done. Thread-safe.
 */
final class Floor {

    /** Of the positions noted within one such part of the timeout, the first and the last are remembered. */
    private static final int MARKS_PER_TIMEOUT = 64;

    private final long timeoutNanos;
    private final LongSupplier nanoTime;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long position;
    private boolean known;

    Floor(Duration timeout, LongSupplier nanoTime) {
        this.timeoutNanos = timeout.toNanos();
        this.nanoTime = nanoTime;
    }

    /** A position, and when it had been seen at the latest. */
    private record Mark(long position, long nanos) {}

    /** Whether a first look has been had. */
    synchronized boolean isKnown() {
        return known;
    }

    synchronized void begin(long settled) {
        position = Math.max(position, settled);
        known = true;
    }

    synchronized void forget() {
        marks.clear();
        position = 0;
        known = false;
    }

    synchronized long position() {
        long now = nanoTime.getAsLong();
        for (Mark oldest = marks.peekFirst();
                oldest != null && now - oldest.nanos() >= timeoutNanos;
                oldest = marks.peekFirst()) {
            position = Math.max(position, oldest.position());
            marks.removeFirst();
        }
        return position;
    }

    /** Notes a position that has just been seen. */
    synchronized void seen(long seen) {
        long now = nanoTime.getAsLong();
        Mark newest = marks.pollLast();
        if (newest != null) {
            Mark before = marks.peekLast();
            if (before == null || newest.nanos() - before.nanos() >= timeoutNanos / MARKS_PER_TIMEOUT) {
                marks.addLast(newest);
            }
        }
        marks.addLast(new Mark(seen, now));
    }
}
