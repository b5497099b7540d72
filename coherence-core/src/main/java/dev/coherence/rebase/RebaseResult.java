package dev.coherence.rebase;

import dev.coherence.action.Event;
import dev.coherence.conflict.Conflict;
import dev.coherence.revision.Revision;
import dev.coherence.value.WellFormed;
import java.util.List;
import java.util.function.Function;

/** How a rebase ended. Immutable. Unless it is {@link Accepted} and no dry run, nothing was stored. */
public sealed interface RebaseResult {

    /** Gives the result to the function for its kind. */
    <R> R fold(
            Function<? super Accepted, ? extends R> accepted,
            Function<? super Conflicting, ? extends R> conflicting,
            Function<? super InvalidBase, ? extends R> invalidBase,
            Function<? super WriteConflict, ? extends R> writeConflict);

    /**
     * The whole history is stored; or, in a dry run, would be.
     *
     * @param events the events of the history in its order, as they are stored; in a dry run with the numbers that they
     *     would have had
     * @param revision covers exactly what the base covered, the resolved events, and {@code events}. Somebody else's
     *     unseen events stay unseen, even if they have lower numbers. In a dry run it does not cover {@code events}: their
     *     numbers may become those of others.
     */
    record Accepted(List<Event> events, Revision revision) implements RebaseResult {

        /** Copies the list. */
        public Accepted {
            events = List.copyOf(events);
            WellFormed.present("revision", revision);
        }

        @Override
        public <R> R fold(
                Function<? super Accepted, ? extends R> accepted,
                Function<? super Conflicting, ? extends R> conflicting,
                Function<? super InvalidBase, ? extends R> invalidBase,
                Function<? super WriteConflict, ? extends R> writeConflict) {
            return accepted.apply(this);
        }
    }

    /**
     * Changes that the author has neither seen nor resolved are in the way.
     *
     * @param conflicts all conflicts of the whole history, in the order of its actions, for each in the order of the
     *     unseen events; at least one
     * @param accepted the events of the history before the first action in conflict, with the numbers that they would
     *     have had; not stored
     */
    record Conflicting(List<Conflict> conflicts, List<Event> accepted) implements RebaseResult {

        /** Copies the lists. */
        public Conflicting {
            conflicts = List.copyOf(conflicts);
            accepted = List.copyOf(accepted);
        }

        @Override
        public <R> R fold(
                Function<? super Accepted, ? extends R> accepted,
                Function<? super Conflicting, ? extends R> conflicting,
                Function<? super InvalidBase, ? extends R> invalidBase,
                Function<? super WriteConflict, ? extends R> writeConflict) {
            return conflicting.apply(this);
        }
    }

    /**
     * The base claims to have seen what does not exist yet: its position is beyond the last event, or its version beyond
     * the last version of the aggregate.
     *
     * @param nextSequenceNumber one more than the number of the last visible event; at least 1
     */
    record InvalidBase(long nextSequenceNumber) implements RebaseResult {

        @Override
        public <R> R fold(
                Function<? super Accepted, ? extends R> accepted,
                Function<? super Conflicting, ? extends R> conflicting,
                Function<? super InvalidBase, ? extends R> invalidBase,
                Function<? super WriteConflict, ? extends R> writeConflict) {
            return invalidBase.apply(this);
        }
    }

    /**
     * A concurrent rebase was faster. The same rebase can be tried again at once; it may then be accepted, or tell the
     * conflicts with what the other one stored.
     *
     * @param reason what was in the way, for people
     */
    record WriteConflict(String reason) implements RebaseResult {

        /** Refuses null. */
        public WriteConflict {
            WellFormed.present("reason", reason);
        }

        @Override
        public <R> R fold(
                Function<? super Accepted, ? extends R> accepted,
                Function<? super Conflicting, ? extends R> conflicting,
                Function<? super InvalidBase, ? extends R> invalidBase,
                Function<? super WriteConflict, ? extends R> writeConflict) {
            return writeConflict.apply(this);
        }
    }
}
