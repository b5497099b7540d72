package dev.coherence.key;

import dev.coherence.action.Identity;

/**
 * Wraps data keys, so that they can be stored: with keys of the application ({@link LocalMasterKeys}), or in a system for the
 * management of keys. Implementations are thread-safe, and bind what they wrap to the name of the data key, so that one wrapped
 * key cannot be put in the place of another.
 */
public interface MasterKeys {

    /**
     * Wraps a data key with the master key that is current.
     *
     * @throws MasterKeyException if that cannot be done now, for instance because another system does not answer
     */
    WrappedKey wrap(DataKey key);

    /**
     * Gives back the data key of the name that was wrapped.
     *
     * @throws MasterKeyException if the master key is missing, or is another one of the same id, or if what was wrapped was
     *     changed or belongs to another data key; the message says which
     */
    DataKey unwrap(Identity name, WrappedKey wrapped);

    /** Whether the key is wrapped with the master key that is current; if not, it is to be wrapped anew. */
    boolean isCurrent(WrappedKey wrapped);

    /**
     * Wraps a key with the current master key that was wrapped with an older one.
     *
     * @throws MasterKeyException as {@link #unwrap} and {@link #wrap}
     */
    default WrappedKey rewrap(Identity name, WrappedKey wrapped) {
        return wrap(unwrap(name, wrapped));
    }
}
