package dev.coherence.log;

import dev.coherence.action.Event;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** How an append ended. */
public sealed interface CommitResult {

    /** Gives the result to the function for its kind. */
    <R> R fold(Function<? super Committed, ? extends R> committed, Function<? super Lost, ? extends R> lost);

    /**
     * All drafts are stored and visible.
     *
     * @param events the events as stored, in the order of the drafts
     */
    record Committed(List<Event> events) implements CommitResult {

        /** Copies the list. */
        public Committed {
            events = List.copyOf(events);
        }

        @Override
        public <R> R fold(
                Function<? super Committed, ? extends R> committed, Function<? super Lost, ? extends R> lost) {
            return committed.apply(this);
        }
    }

    /**
     * A concurrent append won: nothing is stored. The same may succeed in a new transaction.
     *
     * @param reason what was in the way, for people
     */
    record Lost(String reason) implements CommitResult {

        /** Refuses null. */
        public Lost {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <R> R fold(
                Function<? super Committed, ? extends R> committed, Function<? super Lost, ? extends R> lost) {
            return lost.apply(this);
        }
    }
}
