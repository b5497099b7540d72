package dev.coherence.axon.index;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one call has built. Work of other calls on the same build is not counted.
 *
 * <p><b>Nothing is replayed because of it.</b> Effects that were fired before a link was found now affect the aggregate, and
 * conflict checks report them; but processors have passed them. Replay the {@link #kinds()} if projections depend on it
 * ({@link dev.coherence.axon.event.ReplayRequested}).
 *
 * @param state where the index stands after it; not complete if the call was ended early, if another node has begun to rebuild,
 *     or if events are unreadable
 * @param eventsRead how many events were read
 * @param links how many links were added
 * @param effects how many effects were added
 * @param requests how many requests for replays were added
 * @param corrected how many rows said something else than the events
 * @param kinds the kinds of the aggregates that got a link, or an earlier one
 * @param unreadable the first {@value #MAX_NAMED} events that could not be read; {@link IndexState#unreadable} counts all
 */
public record BuildResult(
        IndexState state,
        long eventsRead,
        long links,
        long effects,
        long requests,
        long corrected,
        SortedSet<String> kinds,
        List<UnreadableEvent> unreadable) {

    /** How many unreadable events, or discrepancies, are named. */
    public static final int MAX_NAMED = 100;

    /** Refuses null. */
    public BuildResult {
        requireNonNull(state, "state");
        kinds = Collections.unmodifiableSortedSet(new TreeSet<>(kinds));
        unreadable = List.copyOf(unreadable);
    }

    /** Returns the result of a call that had nothing to do. */
    public static BuildResult nothing(IndexState state) {
        return new BuildResult(state, 0, 0, 0, 0, 0, Collections.emptySortedSet(), List.of());
    }
}
