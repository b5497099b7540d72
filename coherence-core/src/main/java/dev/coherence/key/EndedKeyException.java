package dev.coherence.key;

import dev.coherence.action.Identity;
import java.time.Instant;

/** The key has ended, so that nothing can be encrypted with it any more. */
public final class EndedKeyException extends KeyException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final Instant endedAt;

    /**
     * @param name the name of the key
     * @param endedAt since when it has ended (inclusive)
     */
    public EndedKeyException(Identity name, Instant endedAt) {
        super("the key %s has ended at %s; nothing is encrypted with it any more, and it does not come back"
                .formatted(name, endedAt));
        this.name = name.toString();
        this.endedAt = endedAt;
    }

    /** The name of the key. */
    public Identity name() {
        return Identity.parse(name);
    }

    /** Since when the key has ended (inclusive). */
    public Instant endedAt() {
        return endedAt;
    }
}
