package dev.coherence.axon.test;

import static java.util.stream.Collectors.toCollection;

import dev.coherence.action.Path;
import dev.coherence.axon.conflict.ConflictReport;
import dev.coherence.axon.conflict.ReportedConflict;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is expected of the conflicts for which a command was refused. Not thread-safe.
 *
 * @param <T> the aggregate
 */
public final class ConflictExpectation<T> {

    private final CoherenceResultValidator<T> validator;
    private final Outcome outcome;
    private final ConflictReport report;
    private String which = "conflicts";
    private List<ReportedConflict> selected;

    ConflictExpectation(CoherenceResultValidator<T> validator, Outcome outcome, ConflictReport report) {
        this.validator = validator;
        this.outcome = outcome;
        this.report = report;
        this.selected = report.conflicts();
    }

    /**
     * Expects a conflict at the path: one with a dispute there. Of a command that was refused before its handler ran, it is
     * not known what it would have changed; there it is an unseen event that touches the path. What is said next, up to the
     * next path, is said of these conflicts alone.
     *
     * @param path as {@link Path#parse} reads it
     * @throws AssertionError if there is none
     */
    public ConflictExpectation<T> onPath(String path) {
        Path wanted = Path.parse(path);
        which = "conflicts on path " + path;
        selected = report.conflicts().stream()
                .filter(conflict -> isOn(wanted, conflict))
                .toList();
        if (selected.isEmpty()) {
            throw outcome.unlike("a conflict on path " + path);
        }
        return this;
    }

    private static boolean isOn(Path path, ReportedConflict conflict) {
        return conflict.ours().isPresent()
                ? conflict.disputes().stream()
                        .anyMatch(dispute -> dispute.path().equals(path))
                : conflict.theirs()
                        .fold(
                                action -> action.action().patch().touchesEverything()
                                        || action.action().patch().paths().stream()
                                                .anyMatch(path::overlaps),
                                effect -> false);
    }

    /**
     * Expects the conflicts, or those on the path named last, to be with these unseen events and no others.
     *
     * @param sequenceNumbers at least one; given events and effects have the numbers 1, 2, 3 and so on
     * @throws AssertionError if they are with others
     */
    public ConflictExpectation<T> with(long... sequenceNumbers) {
        SortedSet<Long> expected = CoherenceResultValidator.numbers(sequenceNumbers);
        SortedSet<Long> found = selected.stream()
                .map(conflict -> conflict.theirs().sequenceNumber())
                .collect(toCollection(TreeSet::new));
        if (!found.equals(expected)) {
            throw outcome.unlike("%s with %s, not with %s".formatted(which, expected, found));
        }
        return this;
    }

    /** Returns the report that the sender of the command gets, for everything else that is to be said about it. */
    public ConflictReport report() {
        return report;
    }

    /** Goes on with what is expected besides. */
    public CoherenceResultValidator<T> and() {
        return validator;
    }
}
