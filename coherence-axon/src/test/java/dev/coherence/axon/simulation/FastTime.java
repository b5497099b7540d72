package dev.coherence.axon.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A pooled processor looks for events every half a second, and waits a second after an error: here that is over soon. */
final class FastTime {

    private static final int SPEED = 20;

    private FastTime() {}

    static ScheduledExecutorService executor(Threads threads, int count) {
        return new FastExecutor(threads, count);
    }

    static Clock clock() {
        Instant start = Instant.now();
        InstantSource fast =
                () -> start.plus(Duration.between(start, Instant.now()).multipliedBy(SPEED));
        return fast.withZone(ZoneOffset.UTC);
    }

    private static final class FastExecutor extends ScheduledThreadPoolExecutor {

        FastExecutor(Threads threads, int count) {
            super(count, threads);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            return super.schedule(command, unit.toMicros(delay) / SPEED, TimeUnit.MICROSECONDS);
        }
    }
}
