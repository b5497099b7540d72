package dev.coherence.axon.simulation;

import dev.coherence.axon.simulation.MemoryDatabase.Table;
import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/**
 * An engine in memory that behaves to readers as Axon's engines on databases: an event gets its number when it is appended, and
 * is seen when its transaction commits; so numbers may be filled late, or never. Events with the metadata {@value #SPLIT}
 * come out twice with one token, as upcasters may have it.
 */
final class GapProducingEngine extends InMemoryEventStorageEngine {

    /** On an event that comes out twice; on what comes out, which of the two it is. */
    static final String SPLIT = "split";

    private static final int MAX_GAP_OFFSET = 10_000;

    private final Table<Long, EventMessage<?>> events;
    private final AtomicLong last = new AtomicLong();

    GapProducingEngine(MemoryDatabase database) {
        this.events = database.table();
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> appended) {
        appended.forEach(event -> events.put(last.incrementAndGet(), event));
    }

    /** A stream that looks again whenever it is asked, as those of the other engines do. */
    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(TrackingToken after, boolean mayBlock) {
        return StreamSupport.stream(new Reading((GapAwareTrackingToken) after), false);
    }

    /**
     * The same events for the index in memory, which takes the position of an event's token for its number. A stream looks once:
     * what it found only when it looked again would have a token with the position of a later event.
     */
    InMemoryEventStorageEngine atOneMoment() {
        return new InMemoryEventStorageEngine(1) {
            @Override
            public Stream<? extends TrackedEventMessage<?>> readEvents(TrackingToken after, boolean mayBlock) {
                Reading reading = new Reading((GapAwareTrackingToken) after);
                reading.look();
                return reading.read.stream();
            }
        };
    }

    private final class Reading extends AbstractSpliterator<TrackedEventMessage<?>> {

        private final Queue<TrackedEventMessage<?>> read = new ArrayDeque<>();
        private GapAwareTrackingToken token;

        Reading(GapAwareTrackingToken after) {
            super(Long.MAX_VALUE, ORDERED);
            this.token = after;
        }

        @Override
        public boolean tryAdvance(Consumer<? super TrackedEventMessage<?>> action) {
            if (read.isEmpty()) {
                look();
            }
            TrackedEventMessage<?> next = read.poll();
            if (next != null) {
                action.accept(next);
            }
            return next != null;
        }

        private void look() {
            events.all().forEach(this::read);
        }

        private void read(long number, EventMessage<?> event) {
            if (token == null) {
                token = GapAwareTrackingToken.newInstance(
                        number, LongStream.range(1, number).boxed().toList());
            } else if (number > token.getIndex() || token.getGaps().contains(number)) {
                token = token.advanceTo(number, MAX_GAP_OFFSET);
            } else {
                return;
            }
            read.addAll(parts(event, token));
        }
    }

    private static List<TrackedEventMessage<?>> parts(EventMessage<?> event, TrackingToken token) {
        return event.getMetaData().containsKey(SPLIT)
                ? Stream.of(0, 1)
                        .<TrackedEventMessage<?>>map(part -> EventUtils.asTrackedEventMessage(
                                event.withMetaData(event.getMetaData().and(SPLIT, part)), token))
                        .toList()
                : List.of(EventUtils.asTrackedEventMessage(event, token));
    }

    /** All that is visible, with what is not as unseen. */
    Revision head() {
        NavigableMap<Long, EventMessage<?>> visible = events.all();
        return visible.isEmpty()
                ? Revision.at(0)
                : Revision.at(visible.lastKey())
                        .withUnseen(LongStream.range(1, visible.lastKey())
                                .filter(number -> !visible.containsKey(number))
                                .mapToObj(number -> new NumberRange(number, number))
                                .toList());
    }

    @Override
    public TrackingToken createTailToken() {
        return events.all().isEmpty()
                ? null
                : GapAwareTrackingToken.newInstance(events.all().firstKey() - 1, List.of());
    }

    @Override
    public TrackingToken createHeadToken() {
        return events.all().isEmpty()
                ? null
                : GapAwareTrackingToken.newInstance(events.all().lastKey(), List.of());
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        throw new UnsupportedOperationException();
    }
}
