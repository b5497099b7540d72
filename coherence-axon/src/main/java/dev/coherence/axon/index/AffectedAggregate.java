package dev.coherence.axon.index;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;

/**
 * An aggregate that is to be replayed.
 *
 * @param number the global position of its first event; positive, and different for each aggregate. Replays go through
 *     aggregates in the order of these numbers, which are fixed before anything can affect an aggregate
 * @param aggregate kind and id
 * @param type Axon's type of the aggregate, as stored with its first event
 * @param identifier Axon's identifier of the aggregate
 */
public record AffectedAggregate(long number, Identity aggregate, String type, String identifier) {

    /** Refuses null, and a number that is not positive. */
    public AffectedAggregate {
        if (number < 1) {
            throw new IllegalArgumentException("The number of an aggregate is positive, and not " + number);
        }
        requireNonNull(aggregate, "aggregate");
        requireNonNull(type, "type");
        requireNonNull(identifier, "identifier");
    }

    /**
     * Refuses events of the aggregate that do not begin with its first one: what a projection makes of them is half of the
     * aggregate.
     *
     * @param sequenceNumber of the first event that is stored
     * @throws IllegalStateException if it is not 0
     */
    public void requireBeginningAt(long sequenceNumber) {
        if (sequenceNumber > 0) {
            throw new IllegalStateException(
                    "The events of %s begin with sequence number %d; those before it were deleted or moved to an archive, so that it cannot be replayed. Put them back, or delete all events of the aggregate, and the replay goes on; or let the group take no part in replays, which drops what is pending"
                            .formatted(aggregate, sequenceNumber));
        }
    }
}
