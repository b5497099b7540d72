package dev.coherence.key;

import java.util.Collection;

/** There is no master key of this id. */
public final class MissingMasterKeyException extends MasterKeyException {

    private static final long serialVersionUID = 1L;

    /**
     * @param masterKey the id that is missing
     * @param present the ids that are there
     */
    public MissingMasterKeyException(String masterKey, Collection<String> present) {
        super(
                masterKey,
                "the master key %s is missing, only %s are there; configure it as well, until no key is wrapped with it any more"
                        .formatted(masterKey, present));
    }
}
