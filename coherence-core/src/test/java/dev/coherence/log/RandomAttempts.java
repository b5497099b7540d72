package dev.coherence.log;

import dev.coherence.RandomPatches;
import dev.coherence.action.Action;
import dev.coherence.action.Change;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Rebases and reads that fit to what a log holds, often enough to be accepted, often enough not. */
final class RandomAttempts {

    static final List<Identity> AGGREGATES =
            List.of(Identity.of("book", "1"), Identity.of("book", "2"), Identity.of("shelf", "1"));

    private final Random random;
    private final RandomPatches patches;
    private final NaiveLog log;
    private final List<Revision> handedOut = new ArrayList<>(List.of(Revision.at(0)));

    RandomAttempts(Random random, NaiveLog log) {
        this.random = random;
        this.patches = new RandomPatches(random);
        this.log = log;
    }

    /** A revision that a client may come back with. */
    void handOut(Revision revision) {
        handedOut.add(revision);
        if (handedOut.size() > 10) {
            handedOut.remove(1); // the first, which has seen nothing, stays
        }
    }

    RebaseAttempt next() {
        List<Change> history = history();
        ConflictPolicy policy = pick(List.of(ConflictPolicy.values()));
        RebaseAttempt unresolved =
                new RebaseAttempt(Revision.at(0), history, Set.of(), policy, random.nextInt(10) == 0);
        Revision base = base(unresolved.aggregates());
        RebaseAttempt based = new RebaseAttempt(base, history, Set.of(), policy, unresolved.dryRun());
        return new RebaseAttempt(base, history, resolved(based), policy, unresolved.dryRun());
    }

    ReadQuery nextQuery() {
        SortedSet<Identity> aggregates = new TreeSet<>(some(AGGREGATES));
        SortedSet<String> kinds = new TreeSet<>(some(List.of("book", "shelf", "key")));
        return new ReadQuery(base(List.copyOf(aggregates)), aggregates, kinds);
    }

    private List<Change> history() {
        List<Change> history = new ArrayList<>();
        do {
            history.add(random.nextInt(6) == 0 ? new Effect("expired", trigger()) : action());
        } while (random.nextInt(3) == 0);
        return history;
    }

    private Action action() {
        SortedSet<Identity> triggers = new TreeSet<>();
        if (random.nextInt(5) == 0) {
            triggers.add(trigger());
        }
        return new Action("update", Identity.of("user", "bob"), pick(AGGREGATES), patches.next(), triggers);
    }

    /** Mostly one of some keys that come up and go by, so that links are new at any time. */
    private Identity trigger() {
        return random.nextInt(4) == 0
                ? pick(AGGREGATES)
                : Identity.of("key", Integer.toString(log.events.size() / 20 + random.nextInt(3)));
    }

    private Revision base(List<Identity> aggregates) {
        Revision position = position();
        if (aggregates.size() != 1 || random.nextBoolean()) {
            return position;
        }
        int versions = log.actionsOn(aggregates.get(0)).size();
        int version = Math.max(0, versions - random.nextInt(4));
        return random.nextBoolean() ? Revision.ofVersion(version) : position.withVersion(version);
    }

    private Revision position() {
        return switch (random.nextInt(12)) {
            case 0 -> Revision.at(log.last() + 1 + random.nextInt(2));
            case 1, 2, 3 -> pick(handedOut).withoutVersion();
            case 4, 5 -> handedOut.get(handedOut.size() - 1).withoutVersion();
            case 6, 7 -> recent();
            case 8 -> recent().withUnseen(someRecent());
            default -> Revision.at(log.last());
        };
    }

    private Revision recent() {
        int back = 1 + random.nextInt(6);
        return back > log.events.size()
                ? Revision.at(0)
                : Revision.at(log.events.get(log.events.size() - back).sequenceNumber());
    }

    private List<NumberRange> someRecent() {
        return some(log.events.subList(Math.max(0, log.events.size() - 10), log.events.size())).stream()
                .map(event -> new NumberRange(event.sequenceNumber(), event.sequenceNumber()))
                .toList();
    }

    private Set<Long> resolved(RebaseAttempt attempt) {
        Set<Long> resolved = new HashSet<>();
        int share = random.nextInt(3);
        for (Identity aggregate : attempt.aggregates()) {
            for (Event event : log.unseen(attempt, aggregate)) {
                if (share == 2 || (share == 1 && random.nextBoolean())) {
                    resolved.add(event.sequenceNumber());
                }
            }
        }
        if (random.nextInt(5) == 0) {
            resolved.add(log.last() + 1_000);
            some(log.events).forEach(event -> resolved.add(event.sequenceNumber()));
        }
        return resolved;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> List<T> some(List<T> list) {
        return list.stream().filter(element -> random.nextInt(3) == 0).toList();
    }
}
