package dev.coherence.spring.boot.store;

/** Whether the link index is built for older events when the application has started. */
public enum IndexBuildMode {
    /** Not at all; the log says if it should be. */
    NEVER,
    /** If it is not complete. */
    IF_INCOMPLETE,
    /** From the first event on, at each start: for one start after {@code @LinkedTo} was added to a class. */
    REBUILD
}
