package dev.coherence.axon.stream;

import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.replay.ReplayCause;
import java.util.List;
import java.util.function.Predicate;

/**
 * The payload of a marker: the order to replay an aggregate, for those who get it in the place of an event. It exists in
 * memory only, and belongs to the stream that emitted it. Thread-safe.
 */
public final class AggregateReplay {

    private final AffectedAggregate aggregate;
    private final List<ReplayCause> causes;
    private final MarkersInFlight inFlight;

    AggregateReplay(AffectedAggregate aggregate, List<ReplayCause> causes, MarkersInFlight inFlight) {
        this.aggregate = aggregate;
        this.causes = List.copyOf(causes);
        this.inFlight = inFlight;
    }

    /** The aggregate to be replayed. */
    public AffectedAggregate aggregate() {
        return aggregate;
    }

    /** Why it is replayed, for a processing group: empty if the replay does not concern the group. */
    public List<ReplayCause> causesFor(String group) {
        return causes.stream().filter(concerns(group)).toList();
    }

    private static Predicate<ReplayCause> concerns(String group) {
        return cause -> !(cause instanceof ReplayCause.Requested requested)
                || requested.request().groups().isEmpty()
                || requested.request().groups().contains(group);
    }

    /** The orders that the same stream has emitted and that are not done yet. */
    public MarkersInFlight inFlight() {
        return inFlight;
    }

    @Override
    public String toString() {
        return "AggregateReplay[%s, causes=%s]".formatted(aggregate.aggregate(), causes);
    }
}
