package dev.coherence.key;

import java.time.Duration;
import java.time.Instant;

/** The clock is behind what the vault has seen already. What it says now would make keys end too early, or seem never to end. */
public final class ClockSetBackException extends KeyException {

    private static final long serialVersionUID = 1L;

    private final Instant now;
    private final Instant seen;

    /**
     * @param now what the clock says
     * @param seen the latest instant in the vault
     * @param tolerance how far clocks may differ
     */
    public ClockSetBackException(Instant now, Instant seen, Duration tolerance) {
        super(
                "the clock says %s, but the vault has seen %s, and clocks may differ by %s at most; set the clock right and try again"
                        .formatted(now, seen, tolerance));
        this.now = now;
        this.seen = seen;
    }

    /** What the clock says. */
    public Instant now() {
        return now;
    }

    /** The latest instant in the vault. */
    public Instant seen() {
        return seen;
    }
}
