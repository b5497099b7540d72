package dev.coherence.action;

import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.util.function.Function;

/**
 * An action as it is recorded. Immutable.
 *
 * @param sequenceNumber its position in the global order, from 1
 * @param version its position among the events of its aggregate, from 0
 * @param timestamp when it happened, from year 0 to year 9999, to the nanosecond
 * @param source where it came from; 1 to {@link dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units
 * @param action what happened
 */
public record RecordedAction(long sequenceNumber, long version, Instant timestamp, String source, Action action)
        implements Event {

    /** @throws InvalidInputException naming the component that is missing or out of bounds */
    public RecordedAction {
        RecordRules.check(sequenceNumber, timestamp, source);
        if (version < 0) {
            throw new InvalidInputException("version", "must be 0 or more, but is " + version);
        }
        WellFormed.present("action", action);
    }

    @Override
    public Change change() {
        return action;
    }

    @Override
    public <R> R fold(
            Function<? super RecordedAction, ? extends R> action,
            Function<? super RecordedEffect, ? extends R> effect) {
        return action.apply(this);
    }
}
