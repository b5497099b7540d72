package dev.coherence.conflict;

import static java.util.Collections.unmodifiableSortedSet;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What {@link ConflictDetection} found out about one action. Every unseen event is either in a conflict or merged.
 *
 * @param conflicts in the order of the unseen events
 * @param merged the numbers of the unseen actions that {@link ConflictPolicy#MERGE} passed over
 */
public record Detection(List<Conflict> conflicts, SortedSet<Long> merged) {

    /** Copies the collections. */
    public Detection {
        conflicts = List.copyOf(conflicts);
        merged = unmodifiableSortedSet(new TreeSet<>(merged));
    }
}
