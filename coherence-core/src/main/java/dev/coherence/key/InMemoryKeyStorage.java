package dev.coherence.key;

import dev.coherence.action.Identity;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Keys in memory, which are gone with it, and so is all that they have encrypted: for tests. It has no transactions. */
public final class InMemoryKeyStorage implements KeyStorage {

    private final NavigableMap<Identity, StoredKey> keys = new TreeMap<>();

    @Override
    public synchronized boolean insert(StoredKey key) {
        return keys.putIfAbsent(key.name(), key) == null;
    }

    @Override
    public synchronized Optional<StoredKey> find(Identity name) {
        return Optional.ofNullable(keys.get(name));
    }

    @Override
    public Optional<StoredKey> findOwn(Identity name) {
        return find(name);
    }

    @Override
    public synchronized Map<Identity, StoredKey> hold(SortedSet<Identity> names) {
        Map<Identity, StoredKey> found = new HashMap<>(keys);
        found.keySet().retainAll(names);
        return found;
    }

    @Override
    public synchronized Optional<StoredKey> change(Identity name, UnaryOperator<StoredKey> change) {
        return Optional.ofNullable(keys.computeIfPresent(name, (same, key) -> change.apply(key)));
    }

    @Override
    public synchronized List<StoredKey> changeDue(Instant now, int limit, UnaryOperator<StoredKey> change) {
        List<StoredKey> due = oldest(key -> key.isDue(now), key -> key.endsAt().orElseThrow(), limit);
        return due.stream().map(key -> change(key.name(), change).orElseThrow()).toList();
    }

    @Override
    public synchronized List<StoredKey> untold(int limit) {
        return oldest(
                key -> key.endedAt().isPresent() && key.effect().isEmpty(),
                key -> key.endedAt().orElseThrow(),
                limit);
    }

    private List<StoredKey> oldest(Predicate<StoredKey> which, Function<StoredKey, Instant> age, int limit) {
        return keys.values().stream()
                .filter(which)
                .sorted(Comparator.comparing(age))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<StoredKey> list(Optional<Identity> after, int limit) {
        return after.map(name -> keys.tailMap(name, false)).orElse(keys).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Instant> latest() {
        return keys.values().stream()
                .flatMap(key -> Stream.concat(Stream.of(key.createdAt()), key.endedAt().stream()))
                .max(Comparator.naturalOrder());
    }
}
