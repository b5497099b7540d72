package dev.coherence.axon.guard;

import static java.util.stream.Collectors.toCollection;

import dev.coherence.action.Event;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The unseen changes to one aggregate.
 *
 * @param events all of them, ascending
 * @param listed the numbers of those that the sender of the command listed as resolved
 * @param marked the numbers of those that its handler marked as resolved
 */
record Unseen(List<Event> events, SortedSet<Long> listed, SortedSet<Long> marked) {

    static final Unseen NOTHING = new Unseen(List.of(), new TreeSet<>(), new TreeSet<>());

    static Unseen of(CommandContext context, List<Event> events) {
        SortedSet<Long> listed =
                numbers(events, n -> context.intent().resolved().contains(n));
        return new Unseen(events, listed, numbers(events, n -> context.marked().contains(n) && !listed.contains(n)));
    }

    /** Those that nobody has resolved. */
    List<Event> open() {
        return events.stream()
                .filter(event -> !listed.contains(event.sequenceNumber()) && !marked.contains(event.sequenceNumber()))
                .toList();
    }

    private static SortedSet<Long> numbers(List<Event> events, Predicate<Long> wanted) {
        return events.stream().map(Event::sequenceNumber).filter(wanted).collect(toCollection(TreeSet::new));
    }
}
