package dev.coherence.axon.guard;

import static java.util.Collections.emptySortedSet;

import java.util.SortedSet;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * How an event is appended.
 *
 * @param message the event, or the one that a conflict handler put in its place
 * @param unseen what it is laid on
 * @param merged the numbers of those that the policy passed over
 * @param accepted the numbers of those over which a conflict handler let it go
 * @param replaced the numbers of those because of which it took the place of another
 */
record Verdict(
        DomainEventMessage<?> message,
        Unseen unseen,
        SortedSet<Long> merged,
        SortedSet<Long> accepted,
        SortedSet<Long> replaced) {

    /** Over nothing. */
    static Verdict asItIs(GuardedEvent event) {
        return over(event, Unseen.NOTHING);
    }

    /** Over what others have resolved before. */
    static Verdict over(GuardedEvent event, Unseen resolved) {
        return new Verdict(event.message(), resolved, emptySortedSet(), emptySortedSet(), emptySortedSet());
    }
}
