package dev.coherence.axon.replay;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;
import java.util.List;

/**
 * The order to forget what a projection holds of one aggregate, since its events will be handled again right after this, in
 * the same transaction. It is given to methods with {@link dev.coherence.axon.annotation.AggregateResetHandler}.
 *
 * @param aggregate kind and id
 * @param aggregateIdentifier Axon's identifier of the aggregate, as it stands in its events: of an annotated aggregate the
 *     id, of another one {@code kind:id}
 * @param causes the effects and requests for which the aggregate is replayed, at least one, by ascending sequence number; of
 *     many effects on one trigger only the last
 */
public record AggregateReset(Identity aggregate, String aggregateIdentifier, List<ReplayCause> causes) {

    /** Copies the causes. */
    public AggregateReset {
        requireNonNull(aggregate, "aggregate");
        requireNonNull(aggregateIdentifier, "aggregateIdentifier");
        causes = List.copyOf(causes);
        if (causes.isEmpty()) {
            throw new IllegalArgumentException("causes: must not be empty");
        }
    }
}
