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

    /** The most aggregates, and the most kinds, that one query may name. */
    public static final int MAX_FILTERS = 1_000;

    /**
     * Copies the sets.
     *
     * @throws InvalidInputException if {@code after} has a version without exactly one aggregate, a kind is malformed,
     *     or a filter names too many
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
        checkSize("aggregates", aggregates);
        checkSize("kinds", kinds);
    }

    private static void checkSize(String place, SortedSet<?> filter) {
        if (filter.size() > MAX_FILTERS) {
            throw new InvalidInputException(
                    place, "holds %d; at most %d are accepted, read in parts".formatted(filter.size(), MAX_FILTERS));
        }
    }

    /** Whether the aggregate passes both filters. */
    public boolean selects(Identity aggregate) {
        return (aggregates.isEmpty() || aggregates.contains(aggregate))
                && (kinds.isEmpty() || kinds.contains(aggregate.kind()));
    }
}
