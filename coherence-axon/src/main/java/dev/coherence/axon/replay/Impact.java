package dev.coherence.axon.replay;

/**
 * What would be replayed to each processing group that takes part. Immutable.
 *
 * @param aggregates how many aggregates
 * @param events how many events these have, all together
 */
public record Impact(long aggregates, long events) {

    /** Refuses negative numbers. */
    public Impact {
        if (aggregates < 0 || events < 0) {
            throw new IllegalArgumentException(
                    "aggregates and events: must be 0 or more, and are %d and %d".formatted(aggregates, events));
        }
    }
}
