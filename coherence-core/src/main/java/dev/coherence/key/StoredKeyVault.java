package dev.coherence.key;

import dev.coherence.action.Identity;
import dev.coherence.value.WellFormed;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A vault over a storage, where keys are wrapped with master keys. Asks the storage for every use, so that a key that was ended on
 * another node is gone at once. Thread-safe.
 */
public final class StoredKeyVault implements KeyVault {

    /** How far the clocks of the nodes may be apart. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final KeyStorage storage;
    private final MasterKeys masterKeys;
    private final RetentionClasses retention;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param storage where the keys are
     * @param masterKeys wrap them
     * @param retention the classes that keys may be created with
     * @param clock says when keys end
     */
    public StoredKeyVault(KeyStorage storage, MasterKeys masterKeys, RetentionClasses retention, Clock clock) {
        this.storage = WellFormed.present("storage", storage);
        this.masterKeys = WellFormed.present("masterKeys", masterKeys);
        this.retention = WellFormed.present("retention", retention);
        this.clock = WellFormed.present("clock", clock);
    }

    @Override
    public KeyInfo create(Identity name, KeyTerm term) {
        Instant now = now();
        Optional<Instant> end = retention.end(term, now);
        end.ifPresent(instant -> checkIsAhead(instant, now));
        StoredKey key =
                StoredKey.created(name, term.retention(), now, end, masterKeys.wrap(DataKey.generate(name, random)));
        if (!storage.insert(key)) {
            throw new ExistingKeyException(name);
        }
        return key.info();
    }

    @Override
    public KeyUse use(Identity name) {
        return storage.find(WellFormed.present("name", name))
                .map(key -> use(key, true))
                .or(() -> storage.findOwn(name).map(key -> use(key, false)))
                .orElseGet(() -> new KeyUse.Unknown(name));
    }

    private KeyUse use(StoredKey key, boolean isCommitted) {
        return key.wrapped()
                .<KeyUse>map(wrapped -> new KeyUse.Usable(masterKeys.unwrap(key.name(), wrapped), isCommitted))
                .orElseGet(() -> new KeyUse.Ended(key.name(), key.endedAt().orElseThrow()));
    }

    @Override
    public void hold(SortedSet<Identity> names) {
        Map<Identity, StoredKey> held = storage.hold(new TreeSet<>(names));
        Instant now = clock.instant();
        for (Identity name : names) {
            checkLives(Optional.ofNullable(held.get(name)).orElseThrow(() -> new UnknownKeyException(name)), now);
        }
    }

    private static StoredKey checkLives(StoredKey key, Instant now) {
        key.endedAt().or(() -> key.endsAt().filter(end -> key.isDue(now))).ifPresent(end -> {
            throw new EndedKeyException(key.name(), end);
        });
        return key;
    }

    @Override
    public Optional<KeyInfo> find(Identity name) {
        return storage.findOwn(WellFormed.present("name", name)).map(StoredKey::info);
    }

    @Override
    public KeyInfo extend(Identity name, Instant end) {
        Instant now = now();
        checkIsAhead(WellFormed.present("end", end), now);
        return changed(name, storage.change(name, key -> checkLives(key, now).endingAt(end)));
    }

    private static void checkIsAhead(Instant end, Instant now) {
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException(
                    "a key cannot be made to end at %s, as it is %s already; end it instead".formatted(end, now));
        }
    }

    @Override
    public KeyInfo end(Identity name) {
        Instant now = now();
        return changed(name, storage.change(name, key -> key.endedAt().isPresent() ? key : key.ended(now)));
    }

    private static KeyInfo changed(Identity name, Optional<StoredKey> changed) {
        return changed.orElseThrow(() -> new UnknownKeyException(name)).info();
    }

    @Override
    public List<KeyInfo> endDue(int limit) {
        Instant now = now();
        return storage.changeDue(now, positive(limit), key -> key.ended(now)).stream()
                .map(StoredKey::info)
                .toList();
    }

    @Override
    public List<KeyInfo> untold(int limit) {
        return storage.untold(positive(limit)).stream().map(StoredKey::info).toList();
    }

    @Override
    public void told(Identity name, long effect) {
        changed(name, storage.change(name, key -> {
            if (key.endedAt().isEmpty()) {
                throw new IllegalStateException("the key %s lives; no effect can tell its end".formatted(name));
            }
            return key.toldBy(effect);
        }));
    }

    @Override
    public List<KeyInfo> list(Optional<Identity> after, int limit) {
        return storage.list(WellFormed.present("after", after), positive(limit)).stream()
                .map(StoredKey::info)
                .toList();
    }

    @Override
    public List<KeyInfo> rewrap(Optional<Identity> after, int limit) {
        return storage.list(WellFormed.present("after", after), positive(limit)).stream()
                .map(this::rewrapped)
                .map(StoredKey::info)
                .toList();
    }

    private StoredKey rewrapped(StoredKey key) {
        return needsRewrap(key)
                ? storage.change(key.name(), stored -> needsRewrap(stored) ? rewrap(stored) : stored)
                        .orElseThrow(() -> new UnknownKeyException(key.name()))
                : key;
    }

    private boolean needsRewrap(StoredKey key) {
        return key.wrapped().filter(wrapped -> !masterKeys.isCurrent(wrapped)).isPresent();
    }

    private StoredKey rewrap(StoredKey key) {
        return key.wrappedAs(masterKeys.rewrap(key.name(), key.wrapped().orElseThrow()));
    }

    private Instant now() {
        Instant now = clock.instant();
        storage.latest().filter(seen -> seen.isAfter(now.plus(CLOCK_TOLERANCE))).ifPresent(seen -> {
            throw new ClockSetBackException(now, seen, CLOCK_TOLERANCE);
        });
        return now;
    }

    private static int positive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is %d; it has to be positive".formatted(limit));
        }
        return limit;
    }
}
