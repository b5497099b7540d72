package dev.coherence.axon.replay;

/**
 * How a processor divides its work between live events and replays. Immutable.
 *
 * @param share which part of the messages are replays of aggregates, while both are there to be handled: from 0 (an aggregate
 *     is replayed only when no live event waits) to 1 (live events wait until a replay is done). The replay of an aggregate
 *     counts as one, however many events it has
 * @param aggregatesAtOnce the most aggregates that a segment has waiting for their replay at a time, at least 1. So many may
 *     be replayed in one transaction, and a live event waits for so many at the most; their events are read together
 */
public record ReplaySettings(double share, int aggregatesAtOnce) {

    private static final ReplaySettings STANDARD = new ReplaySettings(0.5, 20);

    /** Refuses values out of range. */
    public ReplaySettings {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: must be from 0 to 1, and is " + share);
        }
        if (aggregatesAtOnce < 1) {
            throw new IllegalArgumentException("aggregatesAtOnce: must be at least 1, and is " + aggregatesAtOnce);
        }
    }

    /** Live events and replays in turn; 20 aggregates at once. */
    public static ReplaySettings standard() {
        return STANDARD;
    }
}
