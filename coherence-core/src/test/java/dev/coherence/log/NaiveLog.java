package dev.coherence.log;

import dev.coherence.action.Action;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.conflict.Dispute;
import dev.coherence.document.Document;
import dev.coherence.revision.Revision;
import dev.coherence.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The rules of a log and a rebase, said as simply as possible, without a thought of cost. */
final class NaiveLog {

    /** One event of ours against one of theirs; ours without its numbers. */
    record Clash(Action ours, Event theirs, List<Dispute> disputes) {}

    /** Everything stored, in order. */
    final List<Event> events = new ArrayList<>();

    long last() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).sequenceNumber();
    }

    List<RecordedAction> actionsOn(Identity aggregate) {
        return actions().stream()
                .filter(action -> action.action().aggregate().equals(aggregate))
                .toList();
    }

    List<RecordedAction> actions() {
        return events.stream()
                .filter(RecordedAction.class::isInstance)
                .map(RecordedAction.class::cast)
                .toList();
    }

    static boolean covers(Revision revision, long number) {
        return revision.position().isPresent()
                && number <= revision.position().getAsLong()
                && revision.unseen().stream().noneMatch(range -> range.first() <= number && number <= range.last());
    }

    static boolean sees(Revision revision, Event event) {
        if (event instanceof RecordedAction action && revision.version().isPresent()) {
            return action.version() <= revision.version().getAsLong();
        }
        boolean effectUnchecked =
                event instanceof RecordedEffect && revision.position().isEmpty();
        return effectUnchecked || covers(revision, event.sequenceNumber());
    }

    boolean changes(Event event, Identity aggregate) {
        if (event instanceof RecordedEffect effect) {
            Identity trigger = effect.effect().trigger();
            return trigger.equals(aggregate)
                    || actionsOn(aggregate).stream()
                            .anyMatch(action -> action.action().triggers().contains(trigger));
        }
        return ((RecordedAction) event).action().aggregate().equals(aggregate);
    }

    boolean isInvalid(RebaseAttempt attempt) {
        Revision base = attempt.base();
        return base.position().orElse(0) > last()
                || (base.version().isPresent()
                        && attempt.aggregates().stream()
                                .anyMatch(aggregate -> base.version().getAsLong()
                                        >= actionsOn(aggregate).size()));
    }

    List<Event> unseen(RebaseAttempt attempt, Identity aggregate) {
        return events.stream()
                .filter(event -> changes(event, aggregate))
                .filter(event -> !sees(attempt.base(), event))
                .filter(event -> !attempt.resolved().contains(event.sequenceNumber()))
                .toList();
    }

    List<Clash> clashes(RebaseAttempt attempt) {
        return attempt.actions().stream()
                .flatMap(ours -> clashes(attempt, ours).stream())
                .toList();
    }

    List<Clash> clashes(RebaseAttempt attempt, Action ours) {
        List<Event> unseen = unseen(attempt, ours.aggregate());
        List<Dispute> disputes = ours.patch().paths().stream()
                .flatMap(path -> disputeAt(path, attempt.base(), ours, unseen).stream())
                .toList();
        List<Clash> clashes = new ArrayList<>();
        for (Event theirs : unseen) {
            List<Dispute> listing = disputes.stream()
                    .filter(dispute -> dispute.events().contains(theirs.sequenceNumber()))
                    .toList();
            boolean merged =
                    attempt.policy() == ConflictPolicy.MERGE && theirs instanceof RecordedAction && listing.isEmpty();
            if (!merged) {
                clashes.add(new Clash(ours, theirs, listing));
            }
        }
        return clashes;
    }

    private Optional<Dispute> disputeAt(Path path, Revision seen, Action ours, List<Event> unseen) {
        List<Long> touching = unseen.stream()
                .filter(theirs -> theirs instanceof RecordedAction action
                        && action.action().patch().paths().stream().anyMatch(path::overlaps))
                .map(Event::sequenceNumber)
                .toList();
        Document base = fold(Document.empty(), actionsOn(ours.aggregate()), action -> sees(seen, action));
        Optional<Value> theirs = fold(base, unseen, event -> true).get(path);
        Optional<Value> own = Optional.ofNullable(ours.patch().assoc().get(path));
        return touching.isEmpty() || own.equals(theirs)
                ? Optional.empty()
                : Optional.of(new Dispute(path, base.get(path), own, theirs, touching));
    }

    Document state(Identity aggregate) {
        return fold(Document.empty(), actionsOn(aggregate), event -> true);
    }

    private static Document fold(Document start, List<? extends Event> events, Predicate<Event> seen) {
        Document document = start;
        for (Event event : events) {
            if (event instanceof RecordedAction action && seen.test(action)) {
                document = document.apply(action.action().patch());
            }
        }
        return document;
    }

    List<RecordedAction> read(ReadQuery query) {
        return actions().stream()
                .filter(action -> query.aggregates().isEmpty()
                        || query.aggregates().contains(action.action().aggregate()))
                .filter(action -> query.kinds().isEmpty()
                        || query.kinds().contains(action.action().aggregate().kind()))
                .filter(action -> !sees(query.after(), action)
                        || affectedAfter(query.after(), action.action().aggregate()))
                .toList();
    }

    private boolean affectedAfter(Revision after, Identity aggregate) {
        return events.stream()
                .anyMatch(event -> event instanceof RecordedEffect effect
                        && !sees(after, effect)
                        && (effect.effect().trigger().equals(aggregate)
                                || actionsOn(aggregate).stream()
                                        .anyMatch(action -> action.sequenceNumber() < effect.sequenceNumber()
                                                && action.action()
                                                        .triggers()
                                                        .contains(
                                                                effect.effect().trigger()))));
    }
}
