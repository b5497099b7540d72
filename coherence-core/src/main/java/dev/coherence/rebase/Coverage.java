package dev.coherence.rebase;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.log.EventLog.Transaction;
import dev.coherence.revision.Revision;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the author of an accepted history has seen. Without a version it is the base's position and whatever numbers come
 * to it. With a version:
 *
 * <ul>
 *   <li>If every change to the aggregate was seen or resolved, the version rises to the last one; the position, if the
 *       base has one, is treated as above.
 *   <li>If something was merged unseen, no version could say so. The revision is a position then, which covers exactly
 *       the events of this aggregate that the base saw, and the numbers that come to it: of other aggregates a base with
 *       a version says nothing.
 * </ul>
 *
 * @param seen before the append
 */
record Coverage(Revision seen) {

    /** What is covered before the append: the base, and the resolved numbers that exist. */
    static Coverage of(Transaction transaction, RebaseRequest request, Map<Identity, Target> targets) {
        Revision seen = request.base();
        if (seen.version().isPresent()) {
            for (Target target : targets.values()) { // at most one
                seen = target.unseen().isEmpty()
                        ? seen.withVersion(target.storedVersions() - 1)
                        : Revision.at(0).plusSeen(target.seenNumbers());
            }
        }
        return new Coverage(plusNumbers(seen, transaction.existing(request.resolved())));
    }

    /** What is covered after the append. */
    Revision with(List<Event> appended) {
        Revision revision =
                plusNumbers(seen, appended.stream().map(Event::sequenceNumber).toList());
        OptionalLong lastVersion = appended.stream()
                .flatMap(event -> event.<Stream<RecordedAction>>fold(Stream::of, effect -> Stream.empty()))
                .mapToLong(RecordedAction::version)
                .max();
        return seen.version().isPresent() && lastVersion.isPresent()
                ? revision.withVersion(lastVersion.getAsLong())
                : revision;
    }

    private static Revision plusNumbers(Revision revision, Collection<Long> numbers) {
        return revision.position().isPresent() ? revision.plusSeen(numbers) : revision;
    }
}
