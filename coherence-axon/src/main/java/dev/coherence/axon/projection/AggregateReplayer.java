package dev.coherence.axon.projection;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.index.NumberedEvent;
import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.stream.AggregateReplay;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.Segment;

/**
 * Replays one aggregate, in the unit of work in which the processor handles the marker: with the transaction of the token, so
 * that nobody sees a part of it.
 *
 * <ol>
 *   <li>Each group forgets the aggregate.
 *   <li>All events of the aggregate are read, from sequence number 0 and without a snapshot.
 *   <li>Those that the segment has handled as live events are handed to the groups, in their order.
 * </ol>
 *
 * <p>If anything throws, the whole batch of the processor is rolled back and tried again, as Axon does it. Thread-safe.
 */
public final class AggregateReplayer {

    private final ReplayIndex index;
    private final ReplayedEvents events;
    private final SeenRevisions revisions;

    /**
     * @param index where events are read
     * @param events how one event is handled
     */
    public AggregateReplayer(ReplayIndex index, ReplayedEvents events, SeenRevisions revisions) {
        this.index = requireNonNull(index, "index");
        this.events = requireNonNull(events, "events");
        this.revisions = requireNonNull(revisions, "revisions");
    }

    /** Returns how many events were handed to groups. */
    int replay(ReplayAttempt attempt, List<GroupReplay> groups) throws Exception {
        AggregateReplay order = attempt.order();
        Segment segment = attempt.segment();
        AffectedAggregate aggregate = order.aggregate();
        for (GroupReplay group : groups) {
            group.reset(aggregate);
        }
        Optional<List<NumberedEvent>> all = order.inFlight().events(order, segment.getSegmentId(), index);
        int handled = 0;
        try (Stream<NumberedEvent> stream = all.map(List::stream).orElseGet(() -> index.events(aggregate))) {
            for (Iterator<NumberedEvent> iterator = stream.iterator(); iterator.hasNext(); ) {
                NumberedEvent event = iterator.next();
                attempt.comesTo(event);
                handled += replay(event, groups, segment) ? 1 : 0;
            }
        }
        return handled;
    }

    private boolean replay(NumberedEvent event, List<GroupReplay> groups, Segment segment) throws Exception {
        List<GroupReplay> due = groups.stream()
                .filter(replay ->
                        replay.hasSeen(event) && replay.group().wants(replay.replayed(event.message()), segment))
                .toList();
        if (due.isEmpty()) {
            return false;
        }
        events.handle(due.get(0).replayed(event.message()), message -> {
            for (GroupReplay replay : due) {
                revisions.during(
                        revisions.replayed(replay.done()),
                        () -> replay.group().invoker().handle(replay.replayed(message), segment));
            }
        });
        return true;
    }
}
