package dev.coherence.axon.conflict;

import java.util.Objects;

/** What a {@link dev.coherence.axon.annotation.ConflictHandler} decides about a conflict. Immutable. */
public sealed interface Resolution {

    /** Our event goes on over theirs, as it is. */
    static Resolution accept() {
        return new Accept();
    }

    /** The conflict stands, and the command is refused. */
    static Resolution reject() {
        return new Reject();
    }

    /**
     * Another event is stored in the place of ours. It is laid on the same unseen events as ours was: theirs counts as
     * accepted, any other may be in conflict with it in turn.
     *
     * @param event the payload of the event
     */
    static Resolution replaceBy(Object event) {
        return new Replace(event);
    }

    /** Our event goes on over theirs. */
    record Accept() implements Resolution {}

    /** The conflict stands. */
    record Reject() implements Resolution {}

    /**
     * Another event is stored in the place of ours.
     *
     * @param event its payload
     */
    record Replace(Object event) implements Resolution {

        /** Refuses null. */
        public Replace {
            Objects.requireNonNull(event, "event");
        }
    }
}
