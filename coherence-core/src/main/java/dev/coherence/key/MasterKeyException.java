package dev.coherence.key;

/** A master key cannot be used. */
public abstract sealed class MasterKeyException extends KeyException
        permits MissingMasterKeyException, UnavailableMasterKeyException, WrongMasterKeyException {

    private static final long serialVersionUID = 1L;

    private final String masterKey;

    MasterKeyException(String masterKey, String message) {
        super(message);
        this.masterKey = masterKey;
    }

    /** The id of the master key. */
    public String masterKey() {
        return masterKey;
    }
}
