package dev.coherence.axon.conflict;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.conflict.Dispute;
import java.util.Collection;
import java.util.List;

/**
 * What happened to an aggregate since the sender of the command read it; a parameter of any command handler. It tells what
 * is stored and visible when it is asked; what the guard finds right before the append is what counts in the end.
 *
 * <p>A handler that asks is not refused beforehand: it may mark unseen events as resolved, which are then no conflicts. For
 * a command without a revision nothing is unseen. Belongs to one command and one thread.
 */
public interface Conflicts {

    /**
     * Returns the changes to the aggregate whose handler is running that the sender has neither read nor listed as
     * resolved, ascending: actions, and effects on the aggregate and the triggers it is linked to.
     *
     * @throws IllegalStateException in a handler outside of an aggregate, which has to name one
     */
    List<Event> unseen();

    /** Returns the same for the given aggregate. */
    List<Event> unseen(Identity aggregate);

    /**
     * Returns the paths on which the event, if the handler applied it now, would be in dispute with unseen actions, in the
     * order of the paths. Empty for an event that touches everything, which is in conflict with any of them.
     *
     * @param event the payload of an event
     * @throws IllegalStateException in a handler outside of an aggregate, which has to name one
     */
    List<Dispute> disputes(Object event);

    /** Returns the same for the given aggregate. */
    List<Dispute> disputes(Identity aggregate, Object event);

    /**
     * Marks events as resolved by this handler; it is recorded with the events that it applies. Other numbers than those
     * of unseen events make no difference.
     *
     * @param sequenceNumbers numbers of events
     */
    void resolve(Collection<Long> sequenceNumbers);
}
