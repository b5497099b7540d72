package dev.coherence.axon.guard;

import dev.coherence.action.Identity;
import java.util.SortedSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * An event of an annotated aggregate that is about to be appended.
 *
 * @param place its index in what is appended
 * @param message as it was applied
 * @param aggregate the aggregate that it belongs to
 * @param context the command that it comes from, if that has a base
 * @param links the triggers that it links to
 */
record GuardedEvent(
        int place,
        DomainEventMessage<?> message,
        Identity aggregate,
        @Nullable CommandContext context,
        SortedSet<Identity> links) {

    long version() {
        return message.getSequenceNumber();
    }
}
