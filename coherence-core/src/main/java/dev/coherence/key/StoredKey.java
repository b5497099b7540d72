package dev.coherence.key;

import dev.coherence.action.Identity;
import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.util.Optional;

/**
 * A key as a {@link KeyStorage} keeps it. Immutable.
 *
 * @param name its name
 * @param retention the retention class that it was created with
 * @param createdAt since when it is there (inclusive)
 * @param endsAt when it ends by itself (exclusive); empty if it ends by request only
 * @param wrapped the key, wrapped; empty exactly if it has ended
 * @param endedAt since when it has ended (inclusive); empty while it lives
 * @param effect the number of the effect that says so; empty until that is stored
 */
public record StoredKey(
        Identity name,
        Optional<String> retention,
        Instant createdAt,
        Optional<Instant> endsAt,
        Optional<WrappedKey> wrapped,
        Optional<Instant> endedAt,
        Optional<Long> effect) {

    /** Refuses null, and a key that has ended and is there all the same. */
    public StoredKey {
        WellFormed.present("name", name);
        WellFormed.present("retention", retention);
        WellFormed.present("createdAt", createdAt);
        WellFormed.present("endsAt", endsAt);
        WellFormed.present("wrapped", wrapped);
        WellFormed.present("endedAt", endedAt);
        WellFormed.present("effect", effect);
        if (wrapped.isPresent() == endedAt.isPresent()) {
            throw new IllegalArgumentException(
                    "the key %s either lives and is there, or has ended and is not".formatted(name));
        }
    }

    /** A key that lives. */
    static StoredKey created(
            Identity name,
            Optional<String> retention,
            Instant createdAt,
            Optional<Instant> endsAt,
            WrappedKey wrapped) {
        return new StoredKey(
                name, retention, createdAt, endsAt, Optional.of(wrapped), Optional.empty(), Optional.empty());
    }

    /** This key, with another end to come. */
    StoredKey endingAt(Instant newEnd) {
        return new StoredKey(name, retention, createdAt, Optional.of(newEnd), wrapped, endedAt, effect);
    }

    /** This key, wrapped anew. */
    StoredKey wrappedAs(WrappedKey newWrapped) {
        return new StoredKey(name, retention, createdAt, endsAt, Optional.of(newWrapped), endedAt, effect);
    }

    /** What is left of this key once it is destroyed. */
    StoredKey ended(Instant now) {
        return new StoredKey(name, retention, createdAt, endsAt, Optional.empty(), Optional.of(now), effect);
    }

    /** This key, whose end is told by the effect of the number. */
    StoredKey toldBy(long number) {
        return new StoredKey(name, retention, createdAt, endsAt, wrapped, endedAt, Optional.of(number));
    }

    /** Whether the key is to end now: it lives, and its time is over. */
    boolean isDue(Instant now) {
        return endedAt.isEmpty() && endsAt.filter(end -> !end.isAfter(now)).isPresent();
    }

    /** What may be told about it. */
    KeyInfo info() {
        return new KeyInfo(name, retention, createdAt, endsAt, wrapped.map(WrappedKey::masterKey), endedAt, effect);
    }
}
