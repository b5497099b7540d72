package dev.coherence.axon.processor;

/**
 * How much was replayed.
 *
 * @param aggregates how many aggregates, each counted once however many groups of the processor it was replayed to
 * @param events how many of their events were handed to handlers, each counted once
 */
public record Replayed(long aggregates, long events) {

    static final Replayed NOTHING = new Replayed(0, 0);

    Replayed plus(Replayed more) {
        return new Replayed(aggregates + more.aggregates, events + more.events);
    }
}
