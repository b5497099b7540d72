package dev.coherence.axon.index;

/** How a trigger is locked until the end of the transaction. */
public enum LockMode {
    /** For actions: any number of them at once, but no effect. */
    SHARED,
    /** For effects: alone. */
    EXCLUSIVE
}
