package dev.coherence.axon.index;

/** How a trigger is locked until the end of the transaction. The stronger mode comes last. */
public enum LockMode {
    /** For actions: any number of them at once, but no effect. */
    SHARED,
    /** For effects: alone. */
    EXCLUSIVE;

    /** Returns the stronger of the two. */
    public LockMode or(LockMode other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
