package dev.coherence.log;

import static java.util.Collections.unmodifiableSortedSet;

import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Event;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An event that is to be appended; the log gives it its numbers. Immutable.
 *
 * @param change what happens
 * @param timestamp when it happened, to the nanosecond; not necessarily now
 * @param source where it comes from
 * @param merged the numbers of the unseen actions that the merge policy passed over for it: a note for people, kept
 *     beside the event by a log that has room for it
 */
public record Draft(Change change, Instant timestamp, String source, SortedSet<Long> merged) {

    /**
     * Copies the set.
     *
     * @throws InvalidInputException naming the component that is missing, or that no event can have
     */
    public Draft {
        WellFormed.present("change", change);
        if (change instanceof Action action) {
            checkNamesPaths(action.patch());
        }
        merged = unmodifiableSortedSet(new TreeSet<>(WellFormed.present("merged", merged)));
        Event unused = event(change, timestamp, source, 1, 0); // refuses what could not be recorded
    }

    /** What the two patches without paths do can be stored as an event of an annotated aggregate only. */
    private static void checkNamesPaths(Patch patch) {
        if (patch.touchesNothing()) {
            throw new InvalidInputException("patch", "is empty; it needs at least one entry in assoc or dissoc");
        }
        if (patch.touchesEverything()) {
            throw new InvalidInputException(
                    "patch", "touches everything; name the paths that it changes in assoc or dissoc");
        }
    }

    /**
     * The event that this draft becomes.
     *
     * @param sequenceNumber its number, at least 1
     * @param version of an action: its position among the actions on its aggregate, from 0; of no account for an effect
     */
    public Event recorded(long sequenceNumber, long version) {
        return event(change, timestamp, source, sequenceNumber, version);
    }

    private static Event event(Change change, Instant timestamp, String source, long sequenceNumber, long version) {
        return change.fold(
                action -> new RecordedAction(sequenceNumber, version, timestamp, source, action),
                effect -> new RecordedEffect(sequenceNumber, timestamp, source, effect));
    }
}
