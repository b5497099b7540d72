package dev.coherence.axon.projection;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.index.NumberedEvent;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.axon.replay.ReplayCause;
import dev.coherence.axon.token.SegmentPart;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.ResetNotSupportedException;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;

/**
 * The replay of one aggregate to one group.
 *
 * @param part the part of the segment that the aggregate belongs to, by the policy of the group
 * @param causes why it is replayed; empty if the group is not concerned
 */
record GroupReplay(HandlingGroup group, SegmentPart part, List<ReplayCause> causes) {

    boolean isDue() {
        return !part.seen() && !causes.isEmpty();
    }

    /** Forgets what the group holds of the aggregate: in its dead-letter queue, and by its reset handlers. */
    void reset(AffectedAggregate aggregate, EventMessage<?> marker) throws Exception {
        group.deadLetters().ifPresent(queue -> evict(queue, aggregate, group.sequence(marker)));
        AggregateReset reset = new AggregateReset(aggregate.aggregate(), aggregate.identifier(), causes);
        for (EventMessageHandler handler : group.invoker().eventHandlers()) {
            try {
                handler.prepareReset(reset);
            } catch (ResetNotSupportedException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }

    /** What was parked is among the events that are handled anew. */
    private static void evict(
            SequencedDeadLetterQueue<EventMessage<?>> queue, AffectedAggregate aggregate, Object sequence) {
        List<DeadLetter<? extends EventMessage<?>>> parked = new ArrayList<>();
        queue.deadLetterSequence(sequence).forEach(parked::add);
        parked.stream()
                .filter(letter -> letter.message() instanceof DomainEventMessage<?> event
                        && event.getAggregateIdentifier().equals(aggregate.identifier()))
                .forEach(queue::evict);
    }

    /** Whether the event is one of those that this part has handled as a live one. */
    boolean hasSeen(NumberedEvent event) {
        return part.hasSeen(event.number());
    }

    /** The event as the handlers of the group get it: with a token of Axon's that says it is a replay. */
    TrackedEventMessage<?> replayed(DomainEventMessage<?> event) {
        return new GenericTrackedDomainEventMessage<>(token(), event);
    }

    /** An event that was made for another group. */
    TrackedEventMessage<?> replayed(TrackedEventMessage<?> event) {
        return event.withTrackingToken(token());
    }

    private TrackingToken token() {
        return requireNonNull(part.ofReplayed(), "a part that has seen events has a token");
    }
}
