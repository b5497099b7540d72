package dev.coherence;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.log.EventLog;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.util.List;

/**
 * Conflict-aware changes to aggregates, effects on them, and reads of both. Malformed input is refused with an {@link
 * InvalidInputException} before the log is asked; whatever else is to be expected is a value. Thread-safe.
 */
public interface Coherence {

    /** The front door to a log. */
    static Coherence over(EventLog log, CoherenceSettings settings) {
        return new CoherenceOverLog(log, settings);
    }

    /**
     * Starts a history that is to be laid on what its author has seen.
     *
     * @param base what the author has seen, inclusive
     */
    RebaseBuilder rebase(Revision base);

    /**
     * All changes to an aggregate that the base does not see, in ascending order of numbers: actions on it, effects on
     * its own identity, and effects on any trigger that any action on it links to. It is what a rebase of an action on
     * it would have to resolve under the strict policy.
     *
     * @throws InvalidInputException with place {@code base}, if it claims to have seen what does not exist yet
     */
    List<Event> conflicts(Revision base, Identity aggregate);

    /** Starts a read of actions. */
    ReadBuilder read();

    /** The state of an aggregate now: all its actions applied in order. The empty document if there are none. */
    AggregateState state(Identity aggregate);

    /** The number of the last visible event, 0 if there is none. For people; not a base, as it hides what it lacks. */
    long sequenceNumber();
}
