package dev.coherence.axon.vault;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.coherence.action.Identity;
import dev.coherence.key.KeyInfo;
import dev.coherence.key.KeyTerm;
import dev.coherence.key.KeyUse;
import dev.coherence.key.KeyVault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Remembers for a short time what another vault gives to those who read, so that not every value takes a query, and what {@link
 * dev.coherence.key.MasterKeys} do. Thread-safe.
 *
 * <p>A key that ends through this object is forgotten at once. One that ends elsewhere can be read with here until its time to live is
 * over, or somebody has it {@linkplain #forget forgotten}, as processors do before they replay anything because of its end. Nothing is
 * encrypted with it meanwhile: {@link #hold} is always asked of the other vault.
 */
public final class CachingKeyVault implements KeyVault, CachedKeys {

    private final KeyVault vault;
    private final Cache<Identity, KeyUse> uses;

    private CachingKeyVault(KeyVault vault, Cache<Identity, KeyUse> uses) {
        this.vault = requireNonNull(vault, "vault");
        this.uses = uses;
    }

    /**
     * In front of another vault.
     *
     * @param size remembers at most so many keys, those in use rather than others; positive
     * @param timeToLive for so long after it was asked for; positive. It is also for how long a key that ended on another node can
     *     still be read with on this one.
     */
    public static CachingKeyVault over(KeyVault vault, int size, Duration timeToLive) {
        return over(vault, size, timeToLive, Ticker.systemTicker());
    }

    static CachingKeyVault over(KeyVault vault, int size, Duration timeToLive, Ticker ticker) {
        if (size < 1 || timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException(
                    "a cache of keys needs a positive size and time to live, and not %d and %s; leave it out to have none"
                            .formatted(size, timeToLive));
        }
        return new CachingKeyVault(
                vault,
                Caffeine.newBuilder()
                        .maximumSize(size)
                        .expireAfterWrite(timeToLive)
                        .ticker(ticker)
                        .build());
    }

    @Override
    public void forget(Identity name) {
        KeyUse unused = uses.asMap().remove(requireNonNull(name, "name"));
    }

    @Override
    public void forgetAll() {
        uses.asMap().clear();
    }

    /** What is unknown may be created at any time, and what is not committed may become another key: neither is remembered. */
    @Override
    public KeyUse use(Identity name) {
        KeyUse known = uses.getIfPresent(name);
        if (known != null) {
            return known;
        }
        KeyUse[] answer = new KeyUse[1];
        KeyUse unused = uses.get(name, asked -> {
            answer[0] = vault.use(asked);
            return isFinal(answer[0]) ? answer[0] : null;
        });
        return unused == null ? answer[0] : unused;
    }

    private static boolean isFinal(KeyUse use) {
        return use.fold(usable -> usable.isCommitted(), ended -> true, unknown -> false);
    }

    @Override
    public KeyInfo create(Identity name, KeyTerm term) {
        return vault.create(name, term);
    }

    @Override
    public void hold(SortedSet<Identity> names) {
        vault.hold(names);
    }

    @Override
    public Optional<KeyInfo> find(Identity name) {
        return vault.find(name);
    }

    @Override
    public KeyInfo extend(Identity name, Instant end) {
        return vault.extend(name, end);
    }

    @Override
    public KeyInfo end(Identity name) {
        KeyInfo ended = vault.end(name);
        forget(name);
        return ended;
    }

    @Override
    public List<KeyInfo> endDue(int limit) {
        List<KeyInfo> ended = vault.endDue(limit);
        ended.forEach(key -> forget(key.name()));
        return ended;
    }

    @Override
    public List<KeyInfo> untold(int limit) {
        return vault.untold(limit);
    }

    @Override
    public void told(Identity name, long effect) {
        vault.told(name, effect);
    }

    @Override
    public List<KeyInfo> list(Optional<Identity> after, int limit) {
        return vault.list(after, limit);
    }

    @Override
    public List<KeyInfo> rewrap(Optional<Identity> after, int limit) {
        return vault.rewrap(after, limit);
    }
}
