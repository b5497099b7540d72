package dev.coherence.conflict;

/** What counts as a conflict between an action and the events that its author has not seen. */
public enum ConflictPolicy {

    /** Every unseen event is a conflict. */
    STRICT,

    /**
     * An unseen action is a conflict only if it touches a path that overlaps one of ours (equal, or one a prefix of the
     * other) and the outcomes there differ. An action that {@linkplain dev.coherence.action.Patch#everything() touches
     * everything} overlaps, with unknown outcome, with all that touch something. An unseen effect is always a conflict.
     */
    MERGE
}
