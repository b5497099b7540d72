package dev.coherence.projection;

import static java.util.Collections.unmodifiableSortedMap;

import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.document.Document;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The state of some aggregates after an event. Immutable.
 *
 * @param sequenceNumber the number of the event, inclusive; 0 for nothing
 * @param states the aggregates that are news since the projection before, by identity
 */
public record Projection(long sequenceNumber, SortedMap<Identity, Document> states) {

    /**
     * Copies the map.
     *
     * @throws InvalidInputException if the number is negative
     */
    public Projection {
        if (sequenceNumber < 0) {
            throw new InvalidInputException("sequenceNumber", "must be 0 or more, but is " + sequenceNumber);
        }
        states = unmodifiableSortedMap(new TreeMap<>(WellFormed.present("states", states)));
    }

    /**
     * Turns actions, as a replaying {@linkplain dev.coherence.log.EventLog#read read} delivers them, into states: one
     * projection for each action from {@code start} on.
     *
     * <ul>
     *   <li>Actions before {@code start} only build state: they are the replay of aggregates affected by an effect.
     *   <li>The first projection carries every aggregate that was replayed, beside the one that its own action changed.
     *       Each later one carries the one aggregate that its action changed.
     *   <li>If there is no action from {@code start} on, but aggregates were replayed, one projection carries them, with
     *       the number of the last action.
     *   <li>An aggregate whose first delivered action has version 0 begins empty. Any other is loaded, once, when its
     *       first action comes.
     *   <li>An action that touches everything without saying what leaves the state as it was known before.
     * </ul>
     *
     * <p>Lazy: reads as many actions as are needed for the next projection. It remembers the state of each aggregate
     * that was delivered, and nothing else. Closing the result closes {@code actions}.
     *
     * @param actions in ascending order of numbers
     * @param start the first number, inclusive, to give a projection of: one more than what was projected before
     * @param load the state of an aggregate as projected before; the empty document if there is none
     * @throws IllegalStateException while the result is consumed, if the actions do not ascend
     */
    public static Stream<Projection> project(
            Stream<RecordedAction> actions, long start, Function<? super Identity, Document> load) {
        Projector projector = new Projector(actions.iterator(), start, load);
        return StreamSupport.stream(projector, false).onClose(actions::close);
    }

    /**
     * Projections as one: of each aggregate the state with the highest number, and the highest number of all. They may
     * come in any order; of two with the same number the later one counts. Nothing merges to number 0 without states.
     * Consumes and closes the stream.
     */
    public static Projection merge(Stream<Projection> projections) {
        SortedMap<Identity, Projection> newest = new TreeMap<>();
        long[] last = {0};
        try (projections) {
            projections.forEachOrdered(projection -> {
                last[0] = Math.max(last[0], projection.sequenceNumber);
                projection.states.keySet().forEach(aggregate -> newest.merge(aggregate, projection, Projection::newer));
            });
        }
        SortedMap<Identity, Document> states = new TreeMap<>();
        newest.forEach((aggregate, projection) -> states.put(aggregate, projection.states.get(aggregate)));
        return new Projection(last[0], states);
    }

    /** Projections as one, like {@link #merge(Stream)}. */
    public static Projection merge(Collection<Projection> projections) {
        return merge(projections.stream());
    }

    private static Projection newer(Projection earlier, Projection later) {
        return later.sequenceNumber >= earlier.sequenceNumber ? later : earlier;
    }
}
