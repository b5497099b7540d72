package dev.coherence.action;

import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.util.function.Function;

/**
 * An effect as it is recorded. Immutable.
 *
 * @param sequenceNumber its position in the global order, from 1
 * @param timestamp when it happened, from year 0 to year 9999, to the nanosecond
 * @param source where it came from; 1 to {@link dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units
 * @param effect what happened
 */
public record RecordedEffect(long sequenceNumber, Instant timestamp, String source, Effect effect) implements Event {

    /** @throws dev.coherence.value.InvalidInputException naming the component that is missing or out of bounds */
    public RecordedEffect {
        RecordRules.check(sequenceNumber, timestamp, source);
        WellFormed.present("effect", effect);
    }

    @Override
    public Change change() {
        return effect;
    }

    @Override
    public <R> R fold(
            Function<? super RecordedAction, ? extends R> action,
            Function<? super RecordedEffect, ? extends R> effect) {
        return effect.apply(this);
    }
}
