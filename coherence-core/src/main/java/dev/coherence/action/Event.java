package dev.coherence.action;

import java.time.Instant;
import java.util.function.Function;

/** A change as it is recorded: with its number, its time and its source. Immutable. */
public sealed interface Event permits RecordedAction, RecordedEffect {

    /** Its position in the global order, from 1. Numbers ascend, with gaps. */
    long sequenceNumber();

    /** When it happened by its source's clock, from year 0 to year 9999, to the nanosecond. Not what events are ordered by. */
    Instant timestamp();

    /** The system that it came from; 1 to {@link dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units. */
    String source();

    /** What happened. */
    Change change();

    /** Calls the one function that is for this kind of event, and returns what it returns. */
    <R> R fold(
            Function<? super RecordedAction, ? extends R> action, Function<? super RecordedEffect, ? extends R> effect);
}
