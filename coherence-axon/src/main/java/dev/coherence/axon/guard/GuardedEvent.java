package dev.coherence.axon.guard;

import dev.coherence.action.Identity;
import dev.coherence.axon.storage.StreamNames;
import java.util.SortedSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * An event of an annotated aggregate that is about to be appended.
 *
 * @param place its index in what is appended
 * @param message as it was applied
 * @param names tell the aggregate
 * @param context the command that it comes from, if that has a base
 * @param links the triggers that it links to
 */
record GuardedEvent(
        int place,
        DomainEventMessage<?> message,
        StreamNames names,
        @Nullable CommandContext context,
        SortedSet<Identity> links) {

    /**
     * The aggregate that it belongs to.
     *
     * @throws dev.coherence.value.InvalidInputException if no identity can name it, which plain Axon does not mind
     */
    Identity aggregate() {
        return names.aggregate(message.getType(), message.getAggregateIdentifier());
    }

    long version() {
        return message.getSequenceNumber();
    }
}
