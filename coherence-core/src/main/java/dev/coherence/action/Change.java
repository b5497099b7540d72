package dev.coherence.action;

import java.util.function.Function;

/** What is to be, or was, recorded: an action or an effect, without number, time and source. Immutable. */
public sealed interface Change permits Action, Effect {

    /** Why; 1 to {@link dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units. */
    String reason();

    /** Calls the one function that is for this kind of change, and returns what it returns. */
    <R> R fold(Function<? super Action, ? extends R> action, Function<? super Effect, ? extends R> effect);
}
