package dev.coherence.axon.index;

/** Hears how a build or a verification of the index gets on. Called on the thread that works. */
@FunctionalInterface
public interface BuildListener {

    /** Called after each batch of events, outside of any transaction. What it throws ends the call; what was done stays. */
    void progressed(BuildProgress progress);

    /** Whether to end the call early. Asked before each batch, and about ten times a second while it waits. */
    default boolean isCancelled() {
        return false;
    }

    /** Returns a listener that does nothing. */
    static BuildListener none() {
        return progress -> {};
    }
}
