package dev.coherence.axon.effect;

import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of an effect that was to be fired. */
public sealed interface FireResult {

    /** The number of the effect in the global order; nothing if it has none yet. */
    OptionalLong number();

    /** Gives the result to the function for its kind. */
    <R> R fold(
            Function<? super Fired, ? extends R> fired,
            Function<? super FiredBefore, ? extends R> firedBefore,
            Supplier<? extends R> pending);

    /**
     * The effect is stored and visible.
     *
     * @param sequenceNumber its number
     */
    record Fired(long sequenceNumber) implements FireResult {

        @Override
        public OptionalLong number() {
            return OptionalLong.of(sequenceNumber);
        }

        @Override
        public <R> R fold(
                Function<? super Fired, ? extends R> fired,
                Function<? super FiredBefore, ? extends R> firedBefore,
                Supplier<? extends R> pending) {
            return fired.apply(this);
        }
    }

    /**
     * The same effect was fired with this key before; nothing was stored now.
     *
     * @param sequenceNumber the number that it was given then
     */
    record FiredBefore(long sequenceNumber) implements FireResult {

        @Override
        public OptionalLong number() {
            return OptionalLong.of(sequenceNumber);
        }

        @Override
        public <R> R fold(
                Function<? super Fired, ? extends R> fired,
                Function<? super FiredBefore, ? extends R> firedBefore,
                Supplier<? extends R> pending) {
            return firedBefore.apply(this);
        }
    }

    /**
     * The effect is part of the transaction that the caller is in: it is fired when that commits, and not if it ends
     * otherwise. It gets its number then.
     */
    record Pending() implements FireResult {

        @Override
        public OptionalLong number() {
            return OptionalLong.empty();
        }

        @Override
        public <R> R fold(
                Function<? super Fired, ? extends R> fired,
                Function<? super FiredBefore, ? extends R> firedBefore,
                Supplier<? extends R> pending) {
            return pending.get();
        }
    }
}
