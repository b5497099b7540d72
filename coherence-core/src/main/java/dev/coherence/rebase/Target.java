package dev.coherence.rebase;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.document.Document;
import dev.coherence.log.EventLog.Transaction;
import dev.coherence.revision.Revision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One aggregate that a rebase acts on, as the log has it; everything is read from the log at most once. */
final class Target {

    private final Transaction transaction;
    private final RebaseRequest request;
    private final Identity aggregate;
    private final long storedVersions;
    private long nextVersion;
    private @Nullable List<Event> unseen;
    private @Nullable Document base;

    Target(Transaction transaction, RebaseRequest request, Identity aggregate) {
        this.transaction = transaction;
        this.request = request;
        this.aggregate = aggregate;
        this.storedVersions = transaction.nextVersion(aggregate);
        this.nextVersion = storedVersions;
    }

    /** How many actions the log holds: the version that the next one gets. */
    long storedVersions() {
        return storedVersions;
    }

    /** The version for the next action of the history. */
    long takeVersion() {
        return nextVersion++;
    }

    /** The changes to the aggregate that the author has neither seen nor resolved, ascending. */
    List<Event> unseen() {
        List<Event> known = unseen;
        if (known == null) {
            known = transaction.unseen(aggregate, request.base()).stream()
                    .filter(event -> !request.resolved().contains(event.sequenceNumber()))
                    .toList();
            unseen = known;
        }
        return known;
    }

    /** The state that the author had seen. */
    Document base() {
        Document known = base;
        if (known == null) {
            known = Document.empty().applyAll(transaction.actions(aggregate).filter(request.base()::sees));
            base = known;
        }
        return known;
    }

    /** The numbers of the events of this aggregate that the base saw; effects, if it says something of them. */
    List<Long> seenNumbers() {
        Revision base = request.base();
        boolean saysSomethingOfEffects = base.position().isPresent();
        return transaction.unseen(aggregate, Revision.at(0)).stream()
                .filter(base::sees)
                .filter(event -> saysSomethingOfEffects || event.fold(action -> true, effect -> false))
                .map(Event::sequenceNumber)
                .toList();
    }
}
