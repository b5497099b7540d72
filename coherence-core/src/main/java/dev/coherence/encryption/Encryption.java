package dev.coherence.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.key.DataKey;
import dev.coherence.key.EndedKeyException;
import dev.coherence.key.KeyVault;
import dev.coherence.key.Sealing;
import dev.coherence.key.UnknownKeyException;
import dev.coherence.value.ConcealedValue;
import dev.coherence.value.EncryptedValue;
import dev.coherence.value.MapValue;
import dev.coherence.value.Value;
import dev.coherence.value.WellFormed;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts values with the keys of a vault, and gives them back as long as the key lives. What is encrypted is the canonical JSON
 * of the value, so that it comes back in its own type; how, {@link Sealing} says. Bound to it are the place that it is for, the
 * name of its key, and its mask: moved anywhere else, it is refused. Thread-safe.
 */
public final class Encryption {

    private static final String VALUE = "value";
    private static final String TEXT = "text";
    private static final Encryption NONE = new Encryption(null);

    private final @Nullable KeyVault vault;
    private final Sealing sealing = new Sealing(new SecureRandom());

    private Encryption(@Nullable KeyVault vault) {
        this.vault = vault;
    }

    /** With the keys of the vault. */
    public static Encryption with(KeyVault vault) {
        return new Encryption(WellFormed.present("vault", vault));
    }

    /** Without keys: refuses to encrypt, and can read nothing. */
    public static Encryption none() {
        return NONE;
    }

    /** What is bound to a value of a patch: the aggregate, and its path there. */
    public static String label(Identity aggregate, Path path) {
        return aggregate + "/" + path;
    }

    /**
     * Encrypts a value.
     *
     * @param label for which place; the value can be read with the same label only. From 1 character on
     * @throws UnknownKeyException if the key is not in the vault
     * @throws EndedKeyException if it has ended
     * @throws IllegalStateException if there is no vault
     */
    public EncryptedValue encrypt(Encrypted value, String label) {
        WellFormed.present("value", value);
        return seal(VALUE, value.clear().toJson(), label, value.key(), value.mask());
    }

    /**
     * Encrypts a text that need not be canonical JSON, and comes back as it is: what a serializer writes, for example. It is not
     * taken for an encrypted value, nor is such a value taken for it.
     *
     * @param label for which place; the text can be read with the same label only. From 1 character on
     * @param mask what everybody may read in its place, for ever; {@link Value#NULL} if nothing
     * @throws UnknownKeyException if the key is not in the vault
     * @throws EndedKeyException if it has ended
     * @throws IllegalStateException if there is no vault
     */
    public EncryptedValue encryptText(String clear, String label, Identity key, Value mask) {
        return seal(TEXT, WellFormed.present("clear", clear), label, WellFormed.present("key", key), mask);
    }

    private EncryptedValue seal(String purpose, String clear, String label, Identity name, Value mask) {
        DataKey key = key(name);
        byte[] bound = bound(purpose, name, WellFormed.name("label", label), mask);
        byte[] sealed = sealing.seal(key.secret(), clear.getBytes(UTF_8), bound);
        return new EncryptedValue(
                name.kind(), name.id(), label, Base64.getEncoder().encodeToString(sealed), mask);
    }

    private DataKey key(Identity name) {
        return vault().use(name)
                .fold(
                        usable -> usable.key(),
                        ended -> {
                            throw new EndedKeyException(name, ended.since());
                        },
                        unknown -> {
                            throw new UnknownKeyException(name);
                        });
    }

    private KeyVault vault() {
        if (vault == null) {
            throw new IllegalStateException(
                    "there is no key vault here, so that nothing can be encrypted; configure one");
        }
        return vault;
    }

    /**
     * Sees to it that none of the keys ends before the transaction of the caller does, as {@link KeyVault#hold}.
     *
     * @throws UnknownKeyException if one is not in the vault
     * @throws EndedKeyException if one has ended
     * @throws IllegalStateException if there are any, but no vault
     */
    public void hold(SortedSet<Identity> keys) {
        if (!keys.isEmpty()) {
            vault().hold(keys);
        }
    }

    /**
     * Reads an encrypted value.
     *
     * @param label the place where it stands
     * @return the value; empty if its key has ended, or there is no vault
     * @throws CorruptValueException if it was not encrypted for this place, or was changed
     * @throws UnknownKeyException if the vault has never had its key: that is no key that has ended, but a vault that is not the
     *     right one, or was lost
     */
    public Optional<Value> decrypt(EncryptedValue value, String label) {
        return open(VALUE, value, label).map(Value::parse);
    }

    /**
     * Reads an encrypted text.
     *
     * @param label the place where it stands
     * @return the text; empty if its key has ended, or there is no vault
     * @throws CorruptValueException as {@link #decrypt}
     * @throws UnknownKeyException as {@link #decrypt}
     */
    public Optional<String> decryptText(EncryptedValue text, String label) {
        return open(TEXT, text, label);
    }

    private Optional<String> open(String purpose, EncryptedValue value, String label) {
        Identity name = Identity.of(value.keyKind(), value.keyId());
        if (!value.label().equals(label)) {
            throw new CorruptValueException(name, label, "was encrypted for " + value.label());
        }
        if (vault == null) {
            return Optional.empty();
        }
        return vault.use(name)
                .fold(usable -> Optional.of(open(purpose, usable.key(), value)), ended -> Optional.empty(), unknown -> {
                    throw new UnknownKeyException(name);
                });
    }

    private String open(String purpose, DataKey key, EncryptedValue value) {
        byte[] sealed = Base64.getDecoder().decode(value.sealed());
        byte[] bound = bound(purpose, key.name(), value.label(), value.mask());
        try {
            return new String(sealing.open(key.secret(), sealed, bound), UTF_8);
        } catch (AEADBadTagException e) {
            throw new CorruptValueException(key.name(), value.label(), "is not what was stored");
        }
    }

    private static byte[] bound(String purpose, Identity key, String label, Value mask) {
        return Sealing.bind(purpose, label, key.kind(), key.id(), mask.toJson());
    }

    /**
     * Whether two values at a path of an aggregate are the same once they are decrypted. What cannot be decrypted any more is the
     * same as nothing, not even itself.
     *
     * @throws CorruptValueException as {@link #decrypt}
     * @throws UnknownKeyException as {@link #decrypt}
     */
    public boolean areSame(Identity aggregate, Path path, Value one, Value other) {
        if (!one.isEncrypted() && !other.isEncrypted()) {
            return one.equals(other);
        }
        Optional<Value> clear = read(aggregate, path.keys(), one, false);
        return clear.isPresent() && clear.equals(read(aggregate, path.keys(), other, false));
    }

    /**
     * The state of an aggregate as its reader may see it: what is encrypted is decrypted, or if its key has ended, its mask is in
     * its place.
     *
     * @param document the entries of the aggregate's document
     * @throws CorruptValueException as {@link #decrypt}
     * @throws UnknownKeyException as {@link #decrypt}
     */
    public MapValue reveal(Identity aggregate, MapValue document) {
        WellFormed.present("aggregate", aggregate);
        return (MapValue) read(aggregate, List.of(), document, true).orElseThrow();
    }

    /**
     * A patch of an aggregate as its reader may see it, as {@link #reveal(Identity, MapValue)}.
     *
     * @throws CorruptValueException as {@link #decrypt}
     * @throws UnknownKeyException as {@link #decrypt}
     */
    public Patch reveal(Identity aggregate, Patch patch) {
        WellFormed.present("aggregate", aggregate);
        if (patch.assoc().values().stream().noneMatch(Value::isEncrypted)) {
            return patch;
        }
        SortedMap<Path, Value> assoc = new TreeMap<>(patch.assoc());
        assoc.replaceAll(
                (path, value) -> read(aggregate, path.keys(), value, true).orElseThrow());
        return new Patch(assoc, patch.dissoc());
    }

    /** The value at the path without anything encrypted in it; empty if something in it can be read no more, and masks are not asked for. */
    private Optional<Value> read(Identity aggregate, List<String> path, Value value, boolean masks) {
        if (value instanceof EncryptedValue encrypted) {
            return decrypt(encrypted, label(aggregate, new Path(path)))
                    .or(() -> masks ? Optional.of(encrypted.mask()) : Optional.empty());
        }
        if (value instanceof ConcealedValue concealed) {
            return concealed.clear().or(() -> masks ? Optional.of(concealed.masked()) : Optional.empty());
        }
        return value.isEncrypted() && value instanceof MapValue map
                ? entries(aggregate, path, map, masks)
                : Optional.of(value);
    }

    private Optional<Value> entries(Identity aggregate, List<String> path, MapValue map, boolean masks) {
        SortedMap<String, Value> read = new TreeMap<>();
        map.entries()
                .forEach((key, value) ->
                        read(aggregate, below(path, key), value, masks).ifPresent(clear -> read.put(key, clear)));
        return read.size() == map.entries().size() ? Optional.of(new MapValue(read)) : Optional.empty();
    }

    private static List<String> below(List<String> path, String key) {
        List<String> below = new ArrayList<>(path);
        below.add(key);
        return below;
    }
}
