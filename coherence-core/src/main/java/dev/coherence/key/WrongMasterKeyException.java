package dev.coherence.key;

import dev.coherence.action.Identity;

/** What is to be unwrapped was not wrapped with the master key of this id, or was changed, or belongs to another key. */
public final class WrongMasterKeyException extends MasterKeyException {

    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * @param masterKey the id of the master key
     * @param name the name of the data key
     */
    public WrongMasterKeyException(String masterKey, Identity name) {
        super(
                masterKey,
                "the key %s cannot be unwrapped with the master key %s: either that is not the key of this id which wrapped it, or what is stored was changed or belongs to another key; configure the right one, or restore what is stored"
                        .formatted(name, masterKey));
        this.name = name.toString();
    }

    /** The name of the data key. */
    public Identity name() {
        return Identity.parse(name);
    }
}
