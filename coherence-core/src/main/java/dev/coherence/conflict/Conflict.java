package dev.coherence.conflict;

import dev.coherence.action.Event;
import dev.coherence.action.RecordedAction;
import java.util.List;
import java.util.Objects;

/**
 * One event of ours against one event of theirs.
 *
 * @param ours the action that was to be appended, with the numbers that it would have had
 * @param theirs the unseen event
 * @param disputes the disputes that list {@code theirs}, in the order of their paths. May be empty: an effect is in
 *     conflict as such, so is what touches everything, and so is every unseen event under {@link
 *     ConflictPolicy#STRICT}.
 */
public record Conflict(RecordedAction ours, Event theirs, List<Dispute> disputes) {

    /** Copies the list. */
    public Conflict {
        Objects.requireNonNull(ours, "ours");
        Objects.requireNonNull(theirs, "theirs");
        disputes = List.copyOf(disputes);
    }
}
