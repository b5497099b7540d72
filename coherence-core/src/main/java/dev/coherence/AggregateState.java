package dev.coherence;

import dev.coherence.action.Identity;
import dev.coherence.document.Document;
import dev.coherence.revision.Revision;
import dev.coherence.value.WellFormed;

/**
 * The state of an aggregate at a moment. Immutable.
 *
 * @param aggregate whose state it is
 * @param document all actions on it, applied in order
 * @param revision what the document reflects, inclusive: the version of the last action, if there is any, and the
 *     position of the log, read before the actions. A sound base for the next change.
 */
public record AggregateState(Identity aggregate, Document document, Revision revision) {

    /** Refuses null. */
    public AggregateState {
        WellFormed.present("aggregate", aggregate);
        WellFormed.present("document", document);
        WellFormed.present("revision", revision);
    }
}
