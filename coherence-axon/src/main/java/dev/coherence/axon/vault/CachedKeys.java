package dev.coherence.axon.vault;

import dev.coherence.action.Identity;

/**
 * Keys that this node remembers. Whoever is going to handle events again because of an effect says so before, as the effect may tell
 * that a key has ended on another node. Thread-safe.
 */
public interface CachedKeys {

    /** Forgets the key of this name, if there is one: the next one who asks for it gets it from where it is stored. */
    void forget(Identity name);

    /** Forgets all keys. */
    void forgetAll();

    /** Where no keys are remembered. */
    static CachedKeys none() {
        return None.INSTANCE;
    }

    /** See {@link #none()}. */
    enum None implements CachedKeys {
        /** The only one. */
        INSTANCE;

        @Override
        public void forget(Identity name) {
            // nothing is remembered
        }

        @Override
        public void forgetAll() {
            // nothing is remembered
        }
    }
}
