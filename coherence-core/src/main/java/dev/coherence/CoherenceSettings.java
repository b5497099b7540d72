package dev.coherence;

import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.encryption.Encryption;
import dev.coherence.value.WellFormed;
import java.time.Clock;

/**
 * What a {@link Coherence} takes as given unless a call says otherwise. Immutable.
 *
 * @param source where events come from; 1 to {@link dev.coherence.value.Limits#MAX_NAME_LENGTH} UTF-16 code units
 * @param policy what counts as a conflict
 * @param clock when events happen
 * @param encryption encrypts values of patches
 */
public record CoherenceSettings(String source, ConflictPolicy policy, Clock clock, Encryption encryption) {

    /**
     * Refuses null and malformed sources.
     *
     * @throws dev.coherence.value.InvalidInputException naming the component
     */
    public CoherenceSettings {
        WellFormed.name("source", source);
        WellFormed.present("policy", policy);
        WellFormed.present("clock", clock);
        WellFormed.present("encryption", encryption);
    }

    /** Strict policy, system clock, no encryption. */
    public static CoherenceSettings withSource(String source) {
        return new CoherenceSettings(source, ConflictPolicy.STRICT, Clock.systemUTC(), Encryption.none());
    }

    /** These settings with another policy. */
    public CoherenceSettings withPolicy(ConflictPolicy newPolicy) {
        return new CoherenceSettings(source, newPolicy, clock, encryption);
    }

    /** These settings with another clock. */
    public CoherenceSettings withClock(Clock newClock) {
        return new CoherenceSettings(source, policy, newClock, encryption);
    }

    /** These settings with another encryption. */
    public CoherenceSettings withEncryption(Encryption newEncryption) {
        return new CoherenceSettings(source, policy, clock, newEncryption);
    }
}
