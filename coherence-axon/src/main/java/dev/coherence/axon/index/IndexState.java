package dev.coherence.axon.index;

import static java.util.Objects.requireNonNull;

/**
 * How far the link index is.
 *
 * @param position up to which position in the global order a build has read the events, inclusive
 * @param target up to which position it has to, inclusive
 * @param unreadable how many events it could not read, so that their links are not known
 */
public record IndexState(Status status, long position, long target, long unreadable) {

    /** Where the index stands. */
    public enum Status {
        /** There are events, and nobody has begun to build. */
        NEVER_BUILT,
        /** A build has begun and is not done; perhaps nobody works on it now. */
        BUILDING,
        /** All events were read. */
        COMPLETE
    }

    /** Refuses null. */
    public IndexState {
        requireNonNull(status, "status");
    }

    /** Whether the index holds all links, effects and requests: all events were read, and none of them was unreadable. */
    public boolean isComplete() {
        return status == Status.COMPLETE && unreadable == 0;
    }
}
