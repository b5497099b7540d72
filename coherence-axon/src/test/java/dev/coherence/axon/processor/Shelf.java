package dev.coherence.axon.processor;

import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.replay.AggregateReset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.messaging.annotation.SourceId;

/** A projection of books that stops in the replay of some, or fails. */
@ReplayOnEffect
final class Shelf {

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    final Set<String> failing = ConcurrentHashMap.newKeySet();
    final CountDownLatch failed = new CountDownLatch(1);

    private record Gate(CountDownLatch reached, CountDownLatch open) {}

    /** Lets the replay of the book wait until it is opened. */
    void close(String book) {
        gates.put("book:" + book, new Gate(new CountDownLatch(1), new CountDownLatch(1)));
    }

    /** Waits until the replay of the book waits. */
    void awaitReplayOf(String book) throws InterruptedException {
        gates.get("book:" + book).reached().await();
    }

    void open(String book) {
        gates.get("book:" + book).open().countDown();
    }

    void openAll() {
        failing.clear();
        gates.values().forEach(gate -> gate.open().countDown());
    }

    @EventHandler
    void on(PatchApplied event, @SourceId String book, ReplayStatus status) throws Exception {
        if (status.isReplay() && failing.contains(book)) {
            failed.countDown();
            throw new IllegalStateException("no room for " + book);
        }
        Gate gate = gates.get(book);
        if (status.isReplay() && gate != null) {
            gate.reached().countDown();
            gate.open().await();
        }
    }

    @AggregateResetHandler
    void reset(AggregateReset reset) {}
}
