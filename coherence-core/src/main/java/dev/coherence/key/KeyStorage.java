package dev.coherence.key;

import dev.coherence.action.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.UnaryOperator;

/**
 * Where the keys of a vault are stored; the port that a {@link StoredKeyVault} needs. Implementations are thread-safe, and several
 * nodes may use one storage at once.
 *
 * <p>Where the storage has transactions, {@link #insert}, {@link #findOwn} and {@link #hold} belong to the one of the caller, if there
 * is one. All others have their own, which is committed when they return.
 */
public interface KeyStorage {

    /**
     * Stores a new key.
     *
     * @return false, and nothing is stored, if there is one of this name, or was one
     */
    boolean insert(StoredKey key);

    /** The key of the name, as it was committed last. */
    Optional<StoredKey> find(Identity name);

    /** The key of the name, as it was committed last, or inserted in the transaction of the caller. */
    Optional<StoredKey> findOwn(Identity name);

    /**
     * The keys of the names, and keeps anyone from changing them until the transaction of the caller ends; without one, for no
     * time. Any number of transactions may hold a key at once, if the database can do that.
     *
     * @return by name; names that are not stored are left out
     */
    Map<Identity, StoredKey> hold(SortedSet<Identity> names);

    /**
     * Changes a key, when nobody holds it any more, and no one else may change it meanwhile.
     *
     * @param change called once or several times, with what is stored; does nothing else. It may throw, and then nothing is changed
     * @return what is stored now; empty if there is no key of this name
     */
    Optional<StoredKey> change(Identity name, UnaryOperator<StoredKey> change);

    /**
     * Changes keys that live although they should have ended before the instant (inclusive), the oldest first. Those that are held,
     * or that another node is changing, are left out where the database can do that, and else waited for.
     *
     * @param change as in {@link #change}
     * @return what is stored now, of those that were changed
     */
    List<StoredKey> changeDue(Instant now, int limit, UnaryOperator<StoredKey> change);

    /** Keys that have ended, and whose end no effect tells yet, the oldest first. */
    List<StoredKey> untold(int limit);

    /** The keys that come after the name (exclusive; from the first one on, if it is empty), in an order that is always the same. */
    List<StoredKey> list(Optional<Identity> after, int limit);

    /** The latest instant at which a key was created or ended; empty if there is none. */
    Optional<Instant> latest();
}
