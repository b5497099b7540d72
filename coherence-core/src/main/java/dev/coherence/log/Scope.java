package dev.coherence.log;

import static java.util.Collections.unmodifiableSortedSet;

import dev.coherence.action.Change;
import dev.coherence.action.Identity;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a transaction may append to, known before it begins so that locks can be taken in one sorted sweep.
 *
 * @param aggregates the aggregates on which it appends actions
 * @param linked the triggers that these actions declare; the triggers that the aggregates are linked to already are
 *     found by the log
 * @param fired the triggers on which it appends effects
 */
public record Scope(SortedSet<Identity> aggregates, SortedSet<Identity> linked, SortedSet<Identity> fired) {

    /** Copies the sets. */
    public Scope {
        aggregates = unmodifiableSortedSet(new TreeSet<>(aggregates));
        linked = unmodifiableSortedSet(new TreeSet<>(linked));
        fired = unmodifiableSortedSet(new TreeSet<>(fired));
    }

    /** The scope within which exactly these changes can be appended. */
    public static Scope of(Collection<? extends Change> changes) {
        SortedSet<Identity> aggregates = new TreeSet<>();
        SortedSet<Identity> linked = new TreeSet<>();
        SortedSet<Identity> fired = new TreeSet<>();
        for (Change change : changes) {
            change.<Runnable>fold(
                            action -> () -> {
                                aggregates.add(action.aggregate());
                                linked.addAll(action.triggers());
                            },
                            effect -> () -> fired.add(effect.trigger()))
                    .run();
        }
        return new Scope(aggregates, linked, fired);
    }

    /** Whether the change can be appended within this scope. */
    public boolean covers(Change change) {
        return change.fold(
                action -> aggregates.contains(action.aggregate()) && linked.containsAll(action.triggers()),
                effect -> fired.contains(effect.trigger()));
    }
}
