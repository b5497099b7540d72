package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Change;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.log.NaiveLog.Clash;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.rebase.RebaseResult.InvalidBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random rebases and reads, one after another, compared with what the naive log says. */
abstract class ModelContract extends ContractPart {

    private NaiveLog model;

    ModelContract(EventLogContract suite) {
        super(suite);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_log_agrees_with_the_naive_one(long seed) {
        model = new NaiveLog();
        Random random = new Random(seed);
        RandomAttempts attempts = new RandomAttempts(random, model);
        List<Class<?>> results = new ArrayList<>();
        for (int step = 0; step < suite.modelSteps(); step++) {
            RebaseAttempt attempt = attempts.next();
            String where = "seed %d, step %d, %s".formatted(seed, step, attempt);
            RebaseResult result = attempt.on(coherence);
            results.add(result.getClass());
            check(where, attempt, result);
            if (result instanceof Accepted accepted && !attempt.dryRun()) {
                model.events.addAll(accepted.events());
                attempts.handOut(accepted.revision());
            }
            if (step % 5 == 0) {
                checkReads(where, attempts.nextQuery());
            }
        }
        assertThat(results).as("seed %d", seed).contains(Accepted.class, Conflicting.class, InvalidBase.class);
    }

    private void check(String where, RebaseAttempt attempt, RebaseResult result) {
        List<Clash> clashes = model.clashes(attempt);
        if (model.isInvalid(attempt)) {
            assertThat(result).as(where).isEqualTo(new InvalidBase(model.last() + 1));
        } else if (!clashes.isEmpty()) {
            assertThat(result).as(where).isInstanceOf(Conflicting.class);
            checkConflicts(where, attempt, clashes, (Conflicting) result);
        } else {
            assertThat(result).as(where).isInstanceOf(Accepted.class);
            checkAccepted(where, attempt, (Accepted) result);
        }
    }

    private void checkConflicts(String where, RebaseAttempt attempt, List<Clash> clashes, Conflicting result) {
        assertThat(result.conflicts())
                .as(where)
                .extracting(conflict -> new Clash(conflict.ours().action(), conflict.theirs(), conflict.disputes()))
                .isEqualTo(clashes);
        List<Change> before = attempt.history().stream()
                .takeWhile(change -> change.<Boolean>fold(
                        action -> model.clashes(attempt, action).isEmpty(), effect -> true))
                .toList();
        assertThat(result.accepted()).as(where).extracting(Event::change).isEqualTo(before);
        checkNumbers(where, result.accepted());
    }

    private void checkAccepted(String where, RebaseAttempt attempt, Accepted result) {
        assertThat(result.events()).as(where).extracting(Event::change).isEqualTo(attempt.history());
        checkNumbers(where, result.events());
        new NaiveCoverage(model, attempt, result).check(where);
    }

    /** Above all that is stored, ascending, versions without gaps. */
    private void checkNumbers(String where, List<Event> events) {
        List<Event> all = new ArrayList<>(model.events);
        long last = model.last();
        for (Event event : events) {
            assertThat(event.sequenceNumber()).as(where).isGreaterThan(last);
            last = event.sequenceNumber();
            if (event instanceof RecordedAction action) {
                Identity aggregate = action.action().aggregate();
                long earlier = all.stream()
                        .filter(other -> other instanceof RecordedAction that
                                && that.action().aggregate().equals(aggregate))
                        .count();
                assertThat(action.version()).as(where).isEqualTo(earlier);
            }
            all.add(event);
        }
    }

    private void checkReads(String where, ReadQuery query) {
        try (Reading reading = log.read(query)) {
            assertThat(reading.actions().toList())
                    .as("%s, then %s", where, query)
                    .isEqualTo(model.read(query));
            assertThat(reading.revision()).as(where).isEqualTo(log.head());
        }
        for (Identity aggregate : RandomAttempts.AGGREGATES) {
            assertThat(coherence.state(aggregate).document()).as(where).isEqualTo(model.state(aggregate));
        }
        assertThat(coherence.sequenceNumber()).as(where).isEqualTo(model.last());
    }
}
