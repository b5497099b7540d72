package dev.coherence.axon.index;

import static java.util.Objects.requireNonNull;

/**
 * A row on which index and events do not agree.
 *
 * @param row what it is about, for people to read: the table, the key, and what stands or should stand there
 */
public record Discrepancy(Problem problem, String row) {

    /** What is wrong with a row. */
    public enum Problem {
        /** An event asks for it, and it is not there. */
        MISSING,
        /** It says something else than the events. */
        WRONG,
        /** No event asks for it. */
        SUPERFLUOUS
    }

    /** Refuses null. */
    public Discrepancy {
        requireNonNull(problem, "problem");
        requireNonNull(row, "row");
    }
}
