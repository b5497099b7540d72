package dev.coherence.encryption;

import dev.coherence.action.Identity;

/** What is stored was not encrypted with the key for this place: it was changed, or moved from somewhere else. */
public final class CorruptValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String label;

    /**
     * @param key the name of the key
     * @param label the place
     * @param problem what is wrong
     */
    CorruptValueException(Identity key, String label, String problem) {
        super(
                "the value at %s, encrypted by %s, %s; it was changed or moved where it is stored, so restore it from a backup"
                        .formatted(label, key, problem));
        this.key = key.toString();
        this.label = label;
    }

    /** The name of the key. */
    public Identity key() {
        return Identity.parse(key);
    }

    /** The place, as it is bound to the value. */
    public String label() {
        return label;
    }
}
