package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.revision.Revision;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What the revision of an acceptance must cover, number by number. */
final class NaiveCoverage {

    private final NaiveLog log;
    private final RebaseAttempt attempt;
    private final Accepted result;
    private final Set<Long> added = new HashSet<>();

    NaiveCoverage(NaiveLog log, RebaseAttempt attempt, Accepted result) {
        this.log = log;
        this.attempt = attempt;
        this.result = result;
        if (!attempt.dryRun()) {
            result.events().forEach(event -> added.add(event.sequenceNumber()));
        }
        log.events.stream()
                .map(Event::sequenceNumber)
                .filter(attempt.resolved()::contains)
                .forEach(added::add);
    }

    void check(String where) {
        Revision base = attempt.base();
        if (base.version().isEmpty() || attempt.aggregates().isEmpty()) {
            assertThat(result.revision().version()).as(where).isEqualTo(base.version());
            checkNumbers(where, number -> NaiveLog.covers(base, number));
        } else {
            checkVersioned(where, attempt.aggregates().get(0));
        }
    }

    private void checkVersioned(String where, Identity aggregate) {
        Revision base = attempt.base();
        Set<Long> passedOver = log.unseen(attempt, aggregate).stream()
                .map(Event::sequenceNumber)
                .collect(Collectors.toSet());
        if (passedOver.isEmpty()) {
            int appended = attempt.dryRun() ? 0 : attempt.actions().size();
            int versions = log.actionsOn(aggregate).size() + appended;
            assertThat(result.revision().version()).as(where).hasValue(versions - 1);
            checkNumbers(where, number -> NaiveLog.covers(base, number));
        } else {
            Set<Long> seenOfAggregate = log.events.stream()
                    .filter(event -> log.changes(event, aggregate))
                    .filter(event ->
                            event instanceof RecordedAction || base.position().isPresent())
                    .filter(event -> NaiveLog.sees(base, event))
                    .map(Event::sequenceNumber)
                    .collect(Collectors.toSet());
            assertThat(result.revision().version()).as(where).isEmpty();
            assertThat(result.revision().position()).as(where).isPresent();
            checkNumbers(where, seenOfAggregate::contains);
        }
    }

    private void checkNumbers(String where, LongPredicate seenBefore) {
        Revision revision = result.revision();
        if (revision.position().isEmpty()) {
            assertThat(attempt.base().position()).as(where).isEmpty();
            return;
        }
        long end = Math.max(revision.position().getAsLong(), log.last()) + 1;
        List<Long> wrong = LongStream.rangeClosed(1, end)
                .filter(number -> {
                    boolean seen = added.contains(number) || seenBefore.test(number);
                    return seen != NaiveLog.covers(revision, number);
                })
                .boxed()
                .toList();
        assertThat(wrong)
                .as("numbers wrongly covered or not by %s, %s", revision, where)
                .isEmpty();
    }
}
