package dev.coherence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.conflict.Conflict;
import dev.coherence.log.CommitResult.Committed;
import dev.coherence.rebase.RebaseBuilder;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.rebase.RebaseResult.Accepted;
import dev.coherence.rebase.RebaseResult.Conflicting;
import dev.coherence.revision.Revision;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the parts of the contract have in common: a fresh log for each test, and short words for what is done to it. */
abstract class ContractPart {

    static final Identity BOB = Identity.of("user", "bob");
    static final Identity NEUROMANCER = Identity.of("book", "Neuromancer");
    static final Identity UBIK = Identity.of("book", "Ubik");
    static final Identity SHELF = Identity.of("shelf", "1");
    static final Identity KEY = Identity.of("encryption-key", "1");
    static final Identity OTHER_KEY = Identity.of("encryption-key", "2");
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456789Z");

    final EventLogContract suite;
    EventLog log;
    Coherence coherence;

    ContractPart(EventLogContract suite) {
        this.suite = suite;
    }

    @BeforeEach
    void openLog() throws Exception {
        log = suite.openEmptyLog();
        coherence = Coherence.over(log, CoherenceSettings.withSource("contract"));
    }

    @AfterEach
    void closeLog() throws Exception {
        if (log != null) {
            suite.closeLog(log);
        }
    }

    static Action action(Identity aggregate, String path, Object value, Identity... triggers) {
        return action(aggregate, Patch.builder().assoc(path, value).build(), triggers);
    }

    static Action action(Identity aggregate, Patch patch, Identity... triggers) {
        return new Action("update", BOB, aggregate, patch, new TreeSet<>(Set.of(triggers)));
    }

    static Effect effect(Identity trigger) {
        return new Effect("key-expired", trigger);
    }

    static Draft draft(Change change) {
        return new Draft(change, NOON, "test", Collections.emptySortedSet());
    }

    /** Appends without a look at what is there. */
    List<Event> append(Change... changes) {
        return append(Stream.of(changes).map(ContractPart::draft).toList());
    }

    List<Event> append(List<Draft> drafts) {
        try (var transaction =
                log.begin(Scope.of(drafts.stream().map(Draft::change).toList()))) {
            CommitResult result = transaction.append(drafts);
            assertThat(result).isInstanceOf(Committed.class);
            return ((Committed) result).events();
        }
    }

    /** Appends an action without a look at what is there. */
    RecordedAction act(Identity aggregate, String path, Object value, Identity... triggers) {
        return (RecordedAction) append(action(aggregate, path, value, triggers)).get(0);
    }

    /** Appends an effect. */
    RecordedEffect fire(Identity trigger) {
        return (RecordedEffect) append(effect(trigger)).get(0);
    }

    List<RecordedAction> actionsOn(Identity aggregate) {
        try (var transaction = log.begin(Scope.of(List.of()));
                Stream<RecordedAction> actions = transaction.actions(aggregate)) {
            return actions.toList();
        }
    }

    List<RecordedAction> read(Revision after) {
        try (Stream<RecordedAction> actions = coherence.read().after(after).stream()) {
            return actions.toList();
        }
    }

    /** All actions, and the unseen changes to some aggregates: what a failed attempt must leave as it was. */
    List<Object> everything() {
        return List.of(
                read(Revision.at(0)),
                log.head(),
                Stream.of(NEUROMANCER, UBIK, SHELF, KEY, OTHER_KEY)
                        .map(aggregate -> log.unseen(aggregate, Revision.at(0)))
                        .toList());
    }

    /** A rebase of changes that were made elsewhere, at noon. */
    RebaseBuilder rebase(Revision base, Change... history) {
        RebaseBuilder builder = coherence.rebase(base);
        for (Change change : history) {
            builder.append(change, Optional.of(NOON), Optional.empty());
        }
        return builder;
    }

    static List<Event> theirs(Conflicting result) {
        return result.conflicts().stream().map(Conflict::theirs).toList();
    }

    static Accepted accepted(RebaseResult result) {
        assertThat(result).isInstanceOf(Accepted.class);
        return (Accepted) result;
    }

    static Conflicting conflicting(RebaseResult result) {
        assertThat(result).isInstanceOf(Conflicting.class);
        return (Conflicting) result;
    }
}
