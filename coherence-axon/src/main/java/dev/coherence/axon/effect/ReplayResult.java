package dev.coherence.axon.effect;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * That a replay was asked for.
 *
 * @param number the number of the request in the global order, by which processors come to it; nothing as long as it is part
 *     of a transaction of the caller, without which it does not happen
 */
public record ReplayResult(OptionalLong number) {

    /** Refuses null. */
    public ReplayResult {
        requireNonNull(number, "number");
    }
}
