package dev.coherence.key;

import dev.coherence.action.Identity;
import dev.coherence.value.WellFormed;
import java.security.SecureRandom;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that encrypts values: AES with 256 bits. It is in memory only; stored keys are {@link WrappedKey wrapped}. Immutable,
 * hence thread-safe: it is never overwritten while somebody may encrypt with it, and goes with the garbage.
 */
public final class DataKey {

    /** The length of a key, in bytes. */
    public static final int BYTES = 32;

    private final Identity name;
    private final SecretKeySpec secret;

    private DataKey(Identity name, byte[] bytes) {
        this.name = name;
        this.secret = new SecretKeySpec(bytes, "AES");
    }

    /** A new key from a cryptographic random number generator. */
    public static DataKey generate(Identity name, SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        WellFormed.present("random", random).nextBytes(bytes);
        return of(name, bytes);
    }

    /**
     * A key with the given bytes, which are copied.
     *
     * @throws IllegalArgumentException if they are not {@link #BYTES}
     */
    public static DataKey of(Identity name, byte[] bytes) {
        if (WellFormed.present("bytes", bytes).length != BYTES) {
            throw new IllegalArgumentException("a key has %d bytes, but here are %d".formatted(BYTES, bytes.length));
        }
        return new DataKey(WellFormed.present("name", name), bytes);
    }

    /** What the key is called, which is also the trigger of the effect that its end has. */
    public Identity name() {
        return name;
    }

    /** The key for a cipher. */
    public SecretKey secret() {
        return secret;
    }

    /** Whether both are the same key of the same name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DataKey key && name.equals(key.name) && secret.equals(key.secret);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name);
    }

    /** The name, and nothing of the secret. */
    @Override
    public String toString() {
        return "DataKey[" + name + "]";
    }
}
