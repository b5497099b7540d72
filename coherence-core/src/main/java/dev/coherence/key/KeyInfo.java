package dev.coherence.key;

import dev.coherence.action.Identity;
import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.util.Optional;

/**
 * What a vault tells about a key. Immutable.
 *
 * @param name its name, which is also the trigger of the effect that its end has
 * @param retention the retention class that it was created with
 * @param createdAt since when it is there (inclusive)
 * @param endsAt when it ends by itself (exclusive: from this instant on it has ended); empty if it ends by request only
 * @param masterKey the id of the master key that it is wrapped with; empty once it has ended
 * @param endedAt since when it has ended, and is destroyed (inclusive); empty while it lives
 * @param effect the number of the effect that says so; empty until that is stored
 */
public record KeyInfo(
        Identity name,
        Optional<String> retention,
        Instant createdAt,
        Optional<Instant> endsAt,
        Optional<String> masterKey,
        Optional<Instant> endedAt,
        Optional<Long> effect) {

    /** Refuses null. */
    public KeyInfo {
        WellFormed.present("name", name);
        WellFormed.present("retention", retention);
        WellFormed.present("createdAt", createdAt);
        WellFormed.present("endsAt", endsAt);
        WellFormed.present("masterKey", masterKey);
        WellFormed.present("endedAt", endedAt);
        WellFormed.present("effect", effect);
    }

    /** Whether it has ended, so that what it encrypted can never be read again. */
    public boolean hasEnded() {
        return endedAt.isPresent();
    }
}
