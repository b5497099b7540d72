package dev.coherence.key;

import dev.coherence.action.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Keys for data that has to be forgotten some day. A key has a name, that is also a trigger: what it encrypts is linked to it. It
 * lives until its time is over, or until somebody ends it; then it is destroyed, and nobody can read any more what it has encrypted,
 * wherever copies of that may be. Names are given once. Thread-safe.
 *
 * <p>A vault destroys; it fires no effects. It remembers which ends are still to be told, so that whoever fires the effects can be
 * interrupted anywhere: see {@link #untold} and {@link #told}.
 */
public interface KeyVault {

    /**
     * Makes a key. Belongs to the transaction of the caller, if the storage has transactions and there is one.
     *
     * @return what is stored
     * @throws ExistingKeyException if there is a key of this name or was one, also if somebody else has created it at this moment
     * @throws dev.coherence.value.InvalidInputException if the retention class is not configured
     * @throws ClockSetBackException if the clock is behind what the vault has seen
     * @throws MasterKeyException if it cannot be wrapped
     */
    KeyInfo create(Identity name, KeyTerm term);

    /**
     * The key, to read with it. The answer may be some time old, as the implementation says; for encrypting, {@link #hold} the key first.
     *
     * @throws MasterKeyException if the key lives and cannot be unwrapped
     */
    KeyUse use(Identity name);

    /**
     * Sees to it that none of the keys ends before the transaction of the caller does: so nothing is stored that was encrypted with a
     * key that had ended. A key that is due has ended for this, even if it is not destroyed yet.
     *
     * @throws UnknownKeyException if there is none of one of these names
     * @throws EndedKeyException if one of them has ended
     */
    void hold(SortedSet<Identity> names);

    /** What the vault has of the name; empty if there is no key, and never was one. */
    Optional<KeyInfo> find(Identity name);

    /**
     * Lets a key end at another time than it was to, later or earlier.
     *
     * @param end when it ends (exclusive), after now
     * @throws UnknownKeyException if there is no such key
     * @throws EndedKeyException if it has ended already, or is due
     * @throws IllegalArgumentException if the time is over already; end the key instead
     * @throws ClockSetBackException if the clock is behind what the vault has seen
     */
    KeyInfo extend(Identity name, Instant end);

    /**
     * Destroys a key now, as soon as nobody holds it any more. What is stored of it is deleted. Does nothing if it has ended before.
     *
     * @return what is left
     * @throws UnknownKeyException if there is no such key
     * @throws ClockSetBackException if the clock is behind what the vault has seen
     */
    KeyInfo end(Identity name);

    /**
     * Destroys keys whose time is over, the oldest first. Several nodes may do this at once.
     *
     * @param limit destroys at most so many; positive
     * @return those that this call has destroyed; fewer than the limit if no more are due that nobody holds
     * @throws ClockSetBackException if the clock is behind what the vault has seen
     */
    List<KeyInfo> endDue(int limit);

    /** At most so many keys that have ended, the oldest first, whose end is not told by an effect yet. */
    List<KeyInfo> untold(int limit);

    /**
     * Notes that the end of the key is told by an effect.
     *
     * @param effect the number of the effect
     * @throws UnknownKeyException if there is no such key
     * @throws IllegalStateException if it lives
     */
    void told(Identity name, long effect);

    /**
     * All keys, those that have ended among them, in pages.
     *
     * @param after the last name of the page before (exclusive); empty for the first page
     * @param limit how many there are on a page at most; positive
     * @return in an order that is always the same; empty after the last one
     */
    List<KeyInfo> list(Optional<Identity> after, int limit);

    /**
     * Wraps those keys of a page anew that are not wrapped with the current master key. Once all pages are done, the older master
     * keys are not needed any more. Events are not touched.
     *
     * @param after the last name of the page before (exclusive); empty for the first page
     * @param limit how many keys there are on a page at most; positive
     * @return the page, as it is stored now; empty after the last one
     * @throws MasterKeyException if a key cannot be unwrapped or wrapped; those before it are done
     */
    List<KeyInfo> rewrap(Optional<Identity> after, int limit);
}
