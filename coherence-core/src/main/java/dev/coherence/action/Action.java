package dev.coherence.action;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Limits;
import dev.coherence.value.WellFormed;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * An actor has a reason to apply a patch to an aggregate. Immutable: the set is copied.
 *
 * @param reason why; 1 to {@link Limits#MAX_NAME_LENGTH} UTF-16 code units
 * @param actor who
 * @param aggregate what is changed
 * @param patch the change
 * @param triggers what the aggregate is linked to from now on, in order; up to {@link Limits#MAX_TRIGGERS};
 *     unmodifiable. The keys that values of the patch are encrypted with are among them. Every aggregate is linked to its own
 *     identity anyway
 */
public record Action(String reason, Identity actor, Identity aggregate, Patch patch, SortedSet<Identity> triggers)
        implements Change {

    /** @throws InvalidInputException naming the component that is missing or out of bounds */
    public Action {
        WellFormed.name("reason", reason);
        WellFormed.present("actor", actor);
        WellFormed.present("aggregate", aggregate);
        WellFormed.present("patch", patch);
        SortedSet<Identity> copy = new TreeSet<>();
        WellFormed.present("triggers", triggers).forEach(trigger -> copy.add(WellFormed.present("triggers", trigger)));
        copy.addAll(patch.keys());
        if (copy.size() > Limits.MAX_TRIGGERS) {
            throw new InvalidInputException(
                    "triggers", "has " + copy.size() + " triggers; at most " + Limits.MAX_TRIGGERS + " are allowed");
        }
        triggers = Collections.unmodifiableSortedSet(copy);
    }

    @Override
    public <R> R fold(Function<? super Action, ? extends R> action, Function<? super Effect, ? extends R> effect) {
        return action.apply(this);
    }
}
