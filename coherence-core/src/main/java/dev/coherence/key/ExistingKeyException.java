package dev.coherence.key;

import dev.coherence.action.Identity;

/** There is a key of this name, or was one that has ended: nobody else can have created it meanwhile. */
public final class ExistingKeyException extends KeyException {

    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * @param name the name of the key
     */
    public ExistingKeyException(Identity name) {
        super(
                "there is a key %s in the vault already, or was one; a name is given once, so take another, or use the key"
                        .formatted(name));
        this.name = name.toString();
    }

    /** The name of the key. */
    public Identity name() {
        return Identity.parse(name);
    }
}
