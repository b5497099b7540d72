package dev.coherence.key;

import dev.coherence.action.Identity;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Master keys that the application has: from its configuration, or a key store file. New keys are wrapped with the current one;
 * the others are there to unwrap what they have wrapped. Thread-safe.
 *
 * <p>A data key is wrapped with AES-256 in Galois/Counter Mode (NIST SP 800-38D), as {@link Sealing} says; the id of the master
 * key and the name of the data key are bound to it.
 */
public final class LocalMasterKeys implements MasterKeys {

    private static final String PURPOSE = "master-key";

    private final String current;
    private final Map<String, SecretKey> keys;
    private final Sealing sealing = new Sealing(new SecureRandom());

    private LocalMasterKeys(String current, Map<String, SecretKey> keys) {
        WellFormed.name("current", current);
        keys.keySet().forEach(id -> WellFormed.name("master key", id));
        if (!keys.containsKey(current)) {
            throw new MissingMasterKeyException(current, keys.keySet());
        }
        this.current = current;
        this.keys = Collections.unmodifiableMap(new TreeMap<>(keys));
    }

    /**
     * Master keys from configuration.
     *
     * @param current the id of the one that wraps new keys
     * @param keys by id, in Base64, of {@value DataKey#BYTES} bytes each
     * @throws MissingMasterKeyException if the current one is not among them
     * @throws InvalidInputException naming the id, if one is not in Base64, or has another length
     */
    public static LocalMasterKeys of(String current, Map<String, String> keys) {
        Map<String, SecretKey> decoded = new TreeMap<>();
        keys.forEach((id, text) -> decoded.put(id, new SecretKeySpec(decode(id, text), "AES")));
        return new LocalMasterKeys(current, decoded);
    }

    private static byte[] decode(String id, String text) {
        try {
            return checked(id, Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) { // whose message shows some of the secret
            if (e instanceof InvalidInputException invalid) {
                throw invalid;
            }
            throw new InvalidInputException(
                    "master key " + id, "is not in Base64; write " + DataKey.BYTES + " random bytes in it");
        }
    }

    private static byte[] checked(String id, byte[] bytes) {
        if (bytes.length != DataKey.BYTES) {
            throw new InvalidInputException(
                    "master key " + id,
                    "has %d bytes; AES-256 takes %d, which have to be random".formatted(bytes.length, DataKey.BYTES));
        }
        return bytes;
    }

    /**
     * Master keys from a key store, such as a PKCS12 file: all its secret keys, by their aliases.
     *
     * @param current the alias of the one that wraps new keys
     * @param store loaded
     * @param password of the keys; not kept
     * @throws MissingMasterKeyException if the current one is not among them
     * @throws InvalidInputException naming the alias, if a key has another length, or cannot be read with the password
     */
    public static LocalMasterKeys of(String current, KeyStore store, char[] password) {
        Map<String, SecretKey> keys = new TreeMap<>();
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.entryInstanceOf(alias, KeyStore.SecretKeyEntry.class)) {
                    Key key = readable(store, alias, password);
                    keys.put(alias, new SecretKeySpec(checked(alias, key.getEncoded()), "AES"));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key store is not loaded", e);
        }
        return new LocalMasterKeys(current, keys);
    }

    private static Key readable(KeyStore store, String alias, char[] password) throws GeneralSecurityException {
        try {
            return store.getKey(alias, password);
        } catch (UnrecoverableKeyException e) {
            throw new InvalidInputException(
                    "master key " + alias, "cannot be read from the key store with this password");
        }
    }

    @Override
    public WrappedKey wrap(DataKey key) {
        byte[] bytes = key.secret().getEncoded();
        try {
            byte[] sealed = sealing.seal(key(current), bytes, bound(current, key.name()));
            return new WrappedKey(current, Base64.getEncoder().encodeToString(sealed));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public DataKey unwrap(Identity name, WrappedKey wrapped) {
        String masterKey = wrapped.masterKey();
        SecretKey key = key(masterKey);
        try {
            return DataKey.of(
                    name, sealing.open(key, Base64.getDecoder().decode(wrapped.text()), bound(masterKey, name)));
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new WrongMasterKeyException(masterKey, name);
        }
    }

    private SecretKey key(String id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new MissingMasterKeyException(id, keys.keySet());
        }
        return key;
    }

    private static byte[] bound(String masterKey, Identity name) {
        return Sealing.bind(PURPOSE, masterKey, name.kind(), name.id());
    }

    @Override
    public boolean isCurrent(WrappedKey wrapped) {
        return wrapped.masterKey().equals(current);
    }

    /** The ids, and nothing of the secrets. */
    @Override
    public String toString() {
        return "LocalMasterKeys[%s, current %s]".formatted(keys.keySet(), current);
    }
}
