package dev.coherence.action;

import dev.coherence.value.Limits;
import dev.coherence.value.WellFormed;
import java.util.function.Function;

/**
 * Something outside has changed, such as a key that has expired: a change to every aggregate that is linked to the
 * trigger. Immutable.
 *
 * @param reason why; 1 to {@link Limits#MAX_NAME_LENGTH} UTF-16 code units
 * @param trigger what it fires
 */
public record Effect(String reason, Identity trigger) implements Change {

    /** @throws dev.coherence.value.InvalidInputException naming the component that is missing or out of bounds */
    public Effect {
        WellFormed.name("reason", reason);
        WellFormed.present("trigger", trigger);
    }

    @Override
    public <R> R fold(Function<? super Action, ? extends R> action, Function<? super Effect, ? extends R> effect) {
        return effect.apply(this);
    }
}
