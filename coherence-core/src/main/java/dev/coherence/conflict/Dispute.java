package dev.coherence.conflict;

import dev.coherence.action.Path;
import dev.coherence.value.Value;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A path of ours on which an action and the unseen events disagree. An empty value means that there is none at the path,
 * which is different from the value null. Encrypted values are shown by their masks.
 *
 * @param path a path that our patch associates or dissociates
 * @param base the value in the state that our author had seen
 * @param ours the value that our patch gives
 * @param theirs the value that the unseen events, all of them in order, make of the base; those that touch everything
 *     without saying what are passed over, here and in the base
 * @param events the numbers of the unseen actions that touch an overlapping path, ascending; at least one
 */
public record Dispute(
        Path path, Optional<Value> base, Optional<Value> ours, Optional<Value> theirs, List<Long> events) {

    /** Copies the list. */
    public Dispute {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(ours, "ours");
        Objects.requireNonNull(theirs, "theirs");
        events = List.copyOf(events);
    }
}
