package dev.coherence.key;

import dev.coherence.value.WellFormed;

/**
 * A data key as it is stored: encrypted with a master key. Immutable.
 *
 * @param masterKey the id of the master key, or whatever {@link MasterKeys} need to find it
 * @param text what only those can read, such as Base64
 */
public record WrappedKey(String masterKey, String text) {

    /** Refuses null, and malformed ids. */
    public WrappedKey {
        WellFormed.name("masterKey", masterKey);
        WellFormed.present("text", text);
    }

    /** The id of the master key; the text is of no use, and long. */
    @Override
    public String toString() {
        return "WrappedKey[by master key %s]".formatted(masterKey);
    }
}
