package dev.coherence.key;

import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when a key may be used, as it is said when the key is created. Immutable.
 *
 * @param retention the retention class whose period, from the creation on, gives the end; empty if there is none
 * @param end when the key ends (exclusive: from this instant on nothing is encrypted with it); empty if the retention class says
 *     so, or if it ends only by request
 */
public record KeyTerm(Optional<String> retention, Optional<Instant> end) {

    /** Refuses null, a malformed class, and both at once. */
    public KeyTerm {
        WellFormed.present("retention", retention).ifPresent(name -> WellFormed.name("retention", name));
        WellFormed.present("end", end);
        if (retention.isPresent() && end.isPresent()) {
            throw new IllegalArgumentException(
                    "the retention class says when the key ends; extend the key to have another end");
        }
    }

    /** The key ends by request only. */
    public static KeyTerm unlimited() {
        return new KeyTerm(Optional.empty(), Optional.empty());
    }

    /** The key ends at the instant, or earlier by request. */
    public static KeyTerm until(Instant end) {
        return new KeyTerm(Optional.empty(), Optional.of(WellFormed.present("end", end)));
    }

    /** The key ends when the period of the retention class is over, or earlier by request. */
    public static KeyTerm retention(String retention) {
        return new KeyTerm(Optional.of(WellFormed.name("retention", retention)), Optional.empty());
    }
}
