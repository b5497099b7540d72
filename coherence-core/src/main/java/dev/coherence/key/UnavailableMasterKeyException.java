package dev.coherence.key;

/** The system that has the master key does not use it for us now. It may do so later, so whoever gets this may try again. */
public final class UnavailableMasterKeyException extends MasterKeyException {

    private static final long serialVersionUID = 1L;

    /**
     * @param masterKey the id of the master key
     * @param problem what the system said, or that it said nothing; nothing of a secret
     * @param cause what went wrong on the way there
     */
    public UnavailableMasterKeyException(String masterKey, String problem, Throwable cause) {
        super(masterKey, "the master key %s cannot be used now: %s".formatted(masterKey, problem));
        initCause(cause);
    }
}
