package dev.coherence.axon.processor;

import java.time.Duration;
import java.time.Instant;
import org.axonframework.eventhandling.GenericEventMessage;

/** A point in time, by the clock of Axon's events and processors, and by the running time of the JVM. */
record Moment(Instant instant, long nanos) {

    static Moment now() {
        return new Moment(GenericEventMessage.clock.instant(), System.nanoTime());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
