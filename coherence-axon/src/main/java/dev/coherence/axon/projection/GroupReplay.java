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
import org.jspecify.annotations.Nullable;

/**
 * The replay of one aggregate to one group.
 *
 * @param sequence the sequence of the aggregate, by the policy of the group
 * @param part the part of the segment that the aggregate belongs to, by the policy of the group
 * @param done the effects that the aggregate is replayed for, and those that it was replayed for before: a raw token that has
 *     seen them; null if there are none
 * @param causes why it is replayed; empty if the group is not concerned
 */
record GroupReplay(
        HandlingGroup group,
        Object sequence,
        SegmentPart part,
        @Nullable TrackingToken done,
        List<ReplayCause> causes) {

    /** Of an aggregate whose first event is still to come as a live one, there is nothing to be replayed. */
    boolean isDue(AffectedAggregate aggregate) {
        return !part.seen() && !causes.isEmpty() && part.hasSeen(aggregate.number());
    }

    /** Forgets what the group holds of the aggregate: in its dead-letter queue, and by its reset handlers. */
    void reset(AffectedAggregate aggregate) throws Exception {
        group.deadLetters().ifPresent(queue -> evict(queue, aggregate, sequence));
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

    /**
     * Whether the event is one of those that this part has handled as a live one.
     *
     * @throws IllegalStateException if the policy has put it into another sequence than its aggregate, so that other segments
     *     may have handled it
     */
    boolean hasSeen(NumberedEvent event) {
        if (!part.hasSeen(event.number())) {
            return false;
        }
        if (!group.sequence(event.message()).equals(sequence)) {
            throw group.unsuitablePolicy("puts the event %d of %s into another sequence than its aggregate"
                    .formatted(
                            event.message().getSequenceNumber(), event.message().getAggregateIdentifier()));
        }
        return true;
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
