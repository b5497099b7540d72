package dev.coherence.axon.annotation;

import dev.coherence.action.Identity;
import org.jspecify.annotations.Nullable;

/** Says what is in the place of an {@link Encrypted} component whose key has ended. Thread-safe, with a constructor without parameters. */
@FunctionalInterface
public interface Replacement {

    /**
     * What is there instead.
     *
     * @param label as {@link Encrypted#value()} says it
     * @param key the key that has ended
     * @return something that the component can hold
     */
    @Nullable
    Object of(String label, Identity key);

    /** For components that have none. */
    final class None implements Replacement {

        private None() {}

        @Override
        public @Nullable Object of(String label, Identity key) {
            return null;
        }
    }
}
