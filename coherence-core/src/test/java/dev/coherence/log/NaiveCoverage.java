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
        result.events().forEach(event -> added.add(event.sequenceNumber()));
        log.events.stream()
                .map(Event::sequenceNumber)
                .filter(attempt.resolved()::contains)
                .forEach(added::add);
    }

    void check(String where) {
        Revision base = attempt.base();
        if (base.version().isEmpty() || attempt.aggregates().isEmpty()) {
            assertThat(result.revision().version()).as(where).isEqualTo(base.version());
            checkNumbers(where, Set.of(), Set.of());
        } else {
            checkVersioned(where, attempt.aggregates().get(0), base.version().getAsLong());
        }
    }

    private void checkVersioned(String where, Identity aggregate, long version) {
        Set<Long> passedOver = log.unseen(attempt, aggregate).stream()
                .map(Event::sequenceNumber)
                .collect(Collectors.toSet());
        if (passedOver.isEmpty()) {
            int versions = log.actionsOn(aggregate).size() + attempt.actions().size();
            assertThat(result.revision().version()).as(where).hasValue(versions - 1);
            checkNumbers(where, Set.of(), Set.of());
        } else {
            Set<Long> seenByVersion = log.actionsOn(aggregate).stream()
                    .filter(action -> action.version() <= version)
                    .map(RecordedAction::sequenceNumber)
                    .collect(Collectors.toSet());
            assertThat(result.revision().version()).as(where).isEmpty();
            assertThat(result.revision().position()).as(where).isPresent();
            checkNumbers(where, passedOver, seenByVersion);
        }
    }

    private void checkNumbers(String where, Set<Long> passedOver, Set<Long> seenByVersion) {
        Revision base = attempt.base();
        Revision revision = result.revision();
        if (revision.position().isEmpty()) {
            assertThat(base.position()).as(where).isEmpty();
            return;
        }
        long end = Math.max(revision.position().getAsLong(), log.last()) + 1;
        List<Long> wrong = LongStream.rangeClosed(1, end)
                .filter(number -> {
                    boolean seen = added.contains(number)
                            || seenByVersion.contains(number)
                            || (NaiveLog.covers(base, number) && !passedOver.contains(number));
                    return seen != NaiveLog.covers(revision, number);
                })
                .boxed()
                .toList();
        assertThat(wrong)
                .as("numbers wrongly covered or not by %s, %s", revision, where)
                .isEmpty();
    }
}
