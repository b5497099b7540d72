package dev.coherence.axon.guard;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.conflict.Resolution;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;

/** Asks the conflict handlers of aggregates. Thread-safe. */
final class ConflictHandlers {

    private final Guarded guarded;

    ConflictHandlers(Guarded guarded) {
        this.guarded = guarded;
    }

    /** Whether any class of the kind has conflict handlers. */
    boolean exist(String kind) {
        return guarded.aggregates().classesOf(kind).stream()
                .anyMatch(type -> !ConflictHandlerMethods.of(type).isEmpty());
    }

    /**
     * Returns what the handler that fits best decides; {@link Resolution#reject()} if none fits.
     *
     * @param ours the payload of our event
     */
    Resolution decide(Identity aggregate, Object ours, Event theirs) {
        if (!exist(aggregate.kind())) {
            return Resolution.reject();
        }
        Object theirPayload = theirs.fold(action -> payload(aggregate, action), effect -> (Object) effect.effect());
        return guarded.aggregates()
                .invoke(
                        aggregate,
                        root -> ConflictHandlerMethods.of(root.getClass())
                                .best(ours.getClass(), theirPayload.getClass())
                                .map(handler -> handler.call(root, ours, theirPayload))
                                .orElse(Resolution.reject()));
    }

    private Object payload(Identity aggregate, RecordedAction theirs) {
        String stream = guarded.index().streamNames().ofAggregate(aggregate);
        DomainEventStream events = guarded.eventStore().readEvents(stream, theirs.version());
        return requireNonNull(events.next().getPayload());
    }

    /** The type by which handlers declare that they take effects. */
    static boolean isEffect(Class<?> type) {
        return type == Effect.class;
    }
}
