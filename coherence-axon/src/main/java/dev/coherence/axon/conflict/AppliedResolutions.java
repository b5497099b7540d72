package dev.coherence.axon.conflict;

import static java.util.Collections.unmodifiableSortedSet;

import dev.coherence.axon.event.CoherenceMetaData;
import java.util.SortedSet;
import java.util.TreeSet;
import org.axonframework.messaging.MetaData;

/**
 * Over which unseen events an event was appended, and on whose word; from the metadata that it is stored with. Each number
 * is in one of the sets. Immutable.
 *
 * @param listed those that the sender of the command listed as resolved
 * @param marked those that the command handler marked as resolved
 * @param merged those that the merge policy passed over
 * @param accepted those over which a conflict handler let the event go
 * @param replaced those because of which a conflict handler put this event in the place of another
 */
public record AppliedResolutions(
        SortedSet<Long> listed,
        SortedSet<Long> marked,
        SortedSet<Long> merged,
        SortedSet<Long> accepted,
        SortedSet<Long> replaced) {

    /** Copies the sets. */
    public AppliedResolutions {
        listed = unmodifiableSortedSet(new TreeSet<>(listed));
        marked = unmodifiableSortedSet(new TreeSet<>(marked));
        merged = unmodifiableSortedSet(new TreeSet<>(merged));
        accepted = unmodifiableSortedSet(new TreeSet<>(accepted));
        replaced = unmodifiableSortedSet(new TreeSet<>(replaced));
    }

    /** Reads them from the metadata of a stored event; all empty if nothing was resolved. */
    public static AppliedResolutions of(MetaData metaData) {
        return new AppliedResolutions(
                numbers(metaData, CoherenceMetaData.LISTED),
                numbers(metaData, CoherenceMetaData.MARKED),
                numbers(metaData, CoherenceMetaData.MERGED),
                numbers(metaData, CoherenceMetaData.ACCEPTED),
                numbers(metaData, CoherenceMetaData.REPLACED));
    }

    /** Whether the event was appended over nothing that was unseen. */
    public boolean isEmpty() {
        return listed.isEmpty() && marked.isEmpty() && merged.isEmpty() && accepted.isEmpty() && replaced.isEmpty();
    }

    private static SortedSet<Long> numbers(MetaData metaData, String key) {
        SortedSet<Long> numbers = new TreeSet<>();
        Object text = metaData.get(key);
        if (text != null) {
            for (String number : text.toString().split(",", -1)) {
                numbers.add(Long.valueOf(number));
            }
        }
        return numbers;
    }
}
