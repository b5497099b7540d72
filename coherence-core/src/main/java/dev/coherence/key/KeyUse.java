package dev.coherence.key;

import dev.coherence.action.Identity;
import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.util.function.Function;

/** What a vault gives to whoever wants to read with a key. Immutable. */
public sealed interface KeyUse {

    /** Gives the answer to the function for its kind. */
    <R> R fold(
            Function<? super Usable, ? extends R> usable,
            Function<? super Ended, ? extends R> ended,
            Function<? super Unknown, ? extends R> unknown);

    /**
     * The key lives.
     *
     * @param key it
     * @param isCommitted whether it is this key for ever, until it ends. If not, it was created in the transaction of the caller, and
     *     is gone if that is rolled back; then another one may get its name, so it must not be remembered.
     */
    record Usable(DataKey key, boolean isCommitted) implements KeyUse {

        /** Refuses null. */
        public Usable {
            WellFormed.present("key", key);
        }

        @Override
        public <R> R fold(
                Function<? super Usable, ? extends R> usable,
                Function<? super Ended, ? extends R> ended,
                Function<? super Unknown, ? extends R> unknown) {
            return usable.apply(this);
        }
    }

    /**
     * The key has ended, and what it encrypted cannot be read any more.
     *
     * @param name its name
     * @param since when it ended (inclusive)
     */
    record Ended(Identity name, Instant since) implements KeyUse {

        /** Refuses null. */
        public Ended {
            WellFormed.present("name", name);
            WellFormed.present("since", since);
        }

        @Override
        public <R> R fold(
                Function<? super Usable, ? extends R> usable,
                Function<? super Ended, ? extends R> ended,
                Function<? super Unknown, ? extends R> unknown) {
            return ended.apply(this);
        }
    }

    /**
     * The vault has never had such a key. Who has stored something with it is somewhere else, or the vault was lost.
     *
     * @param name the name asked for
     */
    record Unknown(Identity name) implements KeyUse {

        /** Refuses null. */
        public Unknown {
            WellFormed.present("name", name);
        }

        @Override
        public <R> R fold(
                Function<? super Usable, ? extends R> usable,
                Function<? super Ended, ? extends R> ended,
                Function<? super Unknown, ? extends R> unknown) {
            return unknown.apply(this);
        }
    }
}
