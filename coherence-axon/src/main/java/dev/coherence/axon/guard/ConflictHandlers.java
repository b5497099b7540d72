package dev.coherence.axon.guard;

import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.conflict.Resolution;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

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
     * Returns what the handler that fits best decides; {@link Resolution#reject()} if none fits. If upcasters have split
     * their event, each of its parts is asked about, and ours goes over all of them or none; what takes the place of ours
     * because of one part is laid on the other parts in turn.
     *
     * @param ours the payload of our event
     */
    Resolution decide(Identity aggregate, Object ours, Event theirs) {
        if (!exist(aggregate.kind())) {
            return Resolution.reject();
        }
        List<Object> parts =
                theirs.fold(action -> parts(aggregate, action), effect -> List.<Object>of(effect.effect()));
        return parts.isEmpty() // upcasters have dropped it
                ? Resolution.reject()
                : guarded.aggregates().invoke(aggregate, root -> decide(root, ours, parts, Resolution.accept()));
    }

    private static Resolution decide(Object root, Object ours, List<Object> theirs, Resolution ifAllAccept) {
        for (Object part : theirs) {
            Resolution resolution = decide(root, ours, part);
            if (resolution instanceof Resolution.Replace replacement) {
                List<Object> others =
                        theirs.stream().filter(other -> other != part).toList();
                return decide(root, replacement.event(), others, replacement);
            }
            if (resolution instanceof Resolution.Reject) {
                return resolution;
            }
        }
        return ifAllAccept;
    }

    private static Resolution decide(Object root, Object ours, Object theirs) {
        return ConflictHandlerMethods.of(root.getClass())
                .best(ours.getClass(), theirs.getClass())
                .map(handler -> handler.call(root, ours, theirs))
                .orElse(Resolution.reject());
    }

    private List<Object> parts(Identity aggregate, RecordedAction theirs) {
        String stream = guarded.index().streamNames().ofAggregate(aggregate);
        return guarded.eventStore()
                .readEvents(stream, theirs.version())
                .asStream()
                .takeWhile(event -> event.getSequenceNumber() == theirs.version())
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    /** The type by which handlers declare that they take effects. */
    static boolean isEffect(Class<?> type) {
        return type == Effect.class;
    }
}
