package dev.coherence.rebase;

import static java.util.Collections.unmodifiableSortedSet;

import dev.coherence.action.Identity;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.log.Draft;
import dev.coherence.log.Scope;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rebase that is well-formed: what can be said about it without looking at the log is right.
 *
 * @param base what the author of the history had seen
 * @param history what is to be appended, in order, nothing merged yet
 * @param resolved numbers of events that the author treats as seen
 */
record RebaseRequest(
        Revision base, List<Draft> history, SortedSet<Long> resolved, ConflictPolicy policy, boolean dryRun) {

    RebaseRequest {
        WellFormed.present("base", base);
        WellFormed.present("policy", policy);
        history = List.copyOf(history);
        resolved = checkedNumbers(resolved);
        checkLength(history);
        checkVersion(base, scopeOf(history));
    }

    /** What the rebase may append to. */
    Scope scope() {
        return scopeOf(history);
    }

    /** The keys that values of the history are encrypted with, in order. */
    SortedSet<Identity> keys() {
        return history.stream()
                .flatMap(draft -> draft.change()
                        .<Stream<Identity>>fold(action -> action.patch().keys().stream(), effect -> Stream.empty()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Scope scopeOf(List<Draft> history) {
        return Scope.of(history.stream().map(Draft::change).toList());
    }

    private static void checkLength(List<Draft> history) {
        if (history.isEmpty()) {
            throw new InvalidInputException("history", "must hold at least one action or effect");
        }
        if (history.size() > RebaseBuilder.MAX_ENTRIES) {
            throw new InvalidInputException(
                    "history",
                    "holds %d entries; at most %d are accepted at once, split it"
                            .formatted(history.size(), RebaseBuilder.MAX_ENTRIES));
        }
    }

    private static SortedSet<Long> checkedNumbers(Collection<Long> resolved) {
        SortedSet<Long> numbers = new TreeSet<>(WellFormed.present("resolved", resolved));
        if (numbers.size() > RebaseBuilder.MAX_RESOLVED) {
            throw new InvalidInputException(
                    "resolved",
                    "holds %d numbers; at most %d are accepted, take a newer base instead"
                            .formatted(numbers.size(), RebaseBuilder.MAX_RESOLVED));
        }
        if (!numbers.isEmpty() && numbers.first() < 1) {
            throw new InvalidInputException(
                    "resolved", "holds %d; sequence numbers are at least 1".formatted(numbers.first()));
        }
        return unmodifiableSortedSet(numbers);
    }

    private static void checkVersion(Revision base, Scope scope) {
        if (base.version().isPresent() && scope.aggregates().size() > 1) {
            throw new InvalidInputException(
                    "base",
                    "a revision with a version belongs to one aggregate, but the history changes %d; give a revision"
                                    .formatted(scope.aggregates().size())
                            + " that is a position only, or rebase each aggregate by itself");
        }
    }
}
