package dev.coherence.log;

import static java.util.Collections.unmodifiableSortedSet;

import dev.coherence.action.Identity;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which actions to read.
 *
 * @param after what the reader has seen, inclusive; it may have a version only if there is exactly one aggregate, to
 *     which the version then belongs
 * @param aggregates the aggregates to read; all if empty
 * @param kinds the kinds of aggregates to read; all if empty. An aggregate is read if it passes both filters.
 */
public record ReadQuery(Revision after, SortedSet<Identity> aggregates, SortedSet<String> kinds) {

    /**
     * Copies the sets.
     *
     * @throws InvalidInputException if {@code after} has a version without exactly one aggregate, or a kind is malformed
     */
    public ReadQuery {
        WellFormed.present("after", after);
        aggregates = unmodifiableSortedSet(new TreeSet<>(aggregates));
        kinds = unmodifiableSortedSet(new TreeSet<>(kinds));
        if (after.version().isPresent() && aggregates.size() != 1) {
            throw new InvalidInputException(
                    "after",
                    "a revision with a version belongs to one aggregate: name exactly that aggregate, or give a"
                            + " revision that is a position only");
        }
        kinds.forEach(kind -> WellFormed.name("kinds", kind));
    }

    /** Whether the aggregate passes both filters. */
    public boolean selects(Identity aggregate) {
        return (aggregates.isEmpty() || aggregates.contains(aggregate))
                && (kinds.isEmpty() || kinds.contains(aggregate.kind()));
    }
}
