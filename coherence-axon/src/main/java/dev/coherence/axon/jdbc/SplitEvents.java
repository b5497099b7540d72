package dev.coherence.axon.jdbc;

import static java.util.stream.Collectors.toCollection;

import dev.coherence.action.Action;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Joins what upcasters have made of one stored event: several with one number, which is one change to its aggregate. */
final class SplitEvents {

    private SplitEvents() {}

    /** Neighbours with one number become the first of them, with all that the others touch. */
    static Stream<Event> joined(Stream<Event> events) {
        List<Event> joined = new ArrayList<>();
        events.forEachOrdered(event -> {
            Event last = joined.isEmpty() ? event : joined.get(joined.size() - 1);
            if (last != event
                    && last instanceof RecordedAction first
                    && event instanceof RecordedAction second
                    && first.sequenceNumber() == second.sequenceNumber()) {
                joined.set(joined.size() - 1, join(first, second));
            } else {
                joined.add(event);
            }
        });
        return joined.stream();
    }

    private static RecordedAction join(RecordedAction first, RecordedAction second) {
        Action one = first.action();
        Action other = second.action();
        SortedSet<Identity> triggers = Stream.of(one, other)
                .flatMap(action -> action.triggers().stream())
                .collect(toCollection(TreeSet::new));
        Action both =
                new Action(one.reason(), one.actor(), one.aggregate(), join(one.patch(), other.patch()), triggers);
        return new RecordedAction(first.sequenceNumber(), first.version(), first.timestamp(), first.source(), both);
    }

    private static Patch join(Patch first, Patch second) {
        if (first.touchesNothing() || second.touchesEverything()) {
            return second;
        }
        if (second.touchesNothing() || first.touchesEverything()) {
            return first;
        }
        SortedMap<Path, Value> assoc = new TreeMap<>(first.assoc());
        SortedSet<Path> dissoc = new TreeSet<>(first.dissoc());
        assoc.keySet().removeAll(second.dissoc());
        dissoc.removeAll(second.assoc().keySet());
        assoc.putAll(second.assoc());
        dissoc.addAll(second.dissoc());
        try {
            return new Patch(assoc, dissoc);
        } catch (InvalidInputException e) {
            return Patch.everything(); // one lies within the other; rare enough not to be told in detail
        }
    }
}
