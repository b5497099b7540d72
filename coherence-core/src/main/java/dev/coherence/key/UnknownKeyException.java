package dev.coherence.key;

import dev.coherence.action.Identity;

/** There is no key of this name, and there never was one in this vault. */
public final class UnknownKeyException extends KeyException {

    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * @param name the name of the key
     */
    public UnknownKeyException(Identity name) {
        super("there is no key %s in the vault; create it before anything is encrypted with it".formatted(name));
        this.name = name.toString();
    }

    /** The name of the key. */
    public Identity name() {
        return Identity.parse(name);
    }
}
