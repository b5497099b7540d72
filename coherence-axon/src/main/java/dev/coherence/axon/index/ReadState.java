package dev.coherence.axon.index;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;
import dev.coherence.revision.Revision;

/**
 * What somebody has read of an aggregate.
 *
 * @param base what was seen; may have unseen ranges
 */
public record ReadState(Identity aggregate, Revision base) {

    /** Refuses null. */
    public ReadState {
        requireNonNull(aggregate, "aggregate");
        requireNonNull(base, "base");
    }
}
