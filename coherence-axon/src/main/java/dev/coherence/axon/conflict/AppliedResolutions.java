package dev.coherence.axon.conflict;

import static java.util.Collections.unmodifiableSortedSet;

import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.event.EventNumbers;
import dev.coherence.value.InvalidInputException;
import java.util.Collections;
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

    /**
     * Reads them from the metadata of a stored event; all empty if nothing was resolved. What stands under a key counts as
     * nothing if it is no list of numbers: an interceptor of the application may have written it, and one such event must
     * not keep others from being read.
     */
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
        Object text = metaData.get(key);
        try {
            return text == null ? Collections.emptySortedSet() : EventNumbers.parse(text.toString());
        } catch (InvalidInputException e) {
            return Collections.emptySortedSet();
        }
    }
}
