package dev.coherence.key;

/** What is wrong with a key. No message, and nothing else of these exceptions, holds anything of a secret. */
public abstract sealed class KeyException extends RuntimeException
        permits ClockSetBackException,
                EndedKeyException,
                ExistingKeyException,
                MasterKeyException,
                UnknownKeyException {

    private static final long serialVersionUID = 1L;

    KeyException(String message) {
        super(message);
    }
}
