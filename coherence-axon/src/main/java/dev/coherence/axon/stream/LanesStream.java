package dev.coherence.axon.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Live events as they come, and between them the markers of a {@link ReplayLane}. For one thread, as streams are.
 *
 * <p>While a replay is going on there is always something to read, unless a segment still has all the markers that it may have
 * waiting. Then the reader waits for a moment here: Axon's pooled processor would otherwise look again after half a second.
 */
final class LanesStream implements BlockingStream<TrackedEventMessage<?>> {

    /** So many live events that wait already are read before a window opens, so that it has the effects among them, too. */
    private static final int MOST_TO_GATHER = 1_000;

    private static final long MILLIS_FOR_ROOM = 200;
    private static final long MOST_NANOS_TO_WAIT = TimeUnit.MILLISECONDS.toNanos(500);

    private final BlockingStream<TrackedEventMessage<?>> events;
    private final ReplayLane lane;
    private final MarkersInFlight inFlight;
    private final Turns turns;
    private final Runnable onClose;
    private final Queue<TrackedEventMessage<?>> ready = new ArrayDeque<>();
    private long nanosWaited;
    private int gathered;

    LanesStream(
            BlockingStream<TrackedEventMessage<?>> events,
            ReplayLane lane,
            MarkersInFlight inFlight,
            Turns turns,
            Runnable onClose) {
        this.events = events;
        this.lane = lane;
        this.inFlight = inFlight;
        this.turns = turns;
        this.onClose = onClose;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        if (ready.isEmpty()) {
            ready.addAll(find());
        }
        return Optional.ofNullable(ready.peek());
    }

    @Override
    public boolean hasNextAvailable() {
        try {
            return hasNextAvailable(0, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        if (peek().isPresent()) {
            return true;
        }
        if (lane.isPending()) {
            awaitRoom();
            return peek().isPresent();
        }
        return events.hasNextAvailable(timeout, unit) && peek().isPresent();
    }

    /** Now and then the reader gets away, although there is much to wait for; it has claims to extend, and may have to stop. */
    private void awaitRoom() throws InterruptedException {
        if (nanosWaited >= MOST_NANOS_TO_WAIT) {
            nanosWaited = 0;
            return;
        }
        long begin = System.nanoTime();
        inFlight.awaitRoom(MILLIS_FOR_ROOM);
        nanosWaited += System.nanoTime() - begin;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (peek().isEmpty()) {
            boolean unused = hasNextAvailable(Integer.MAX_VALUE, TimeUnit.MILLISECONDS);
        }
        return ready.remove();
    }

    /** Returns what comes next, if something is there: a marker, or all parts of an event. */
    private List<TrackedEventMessage<?>> find() {
        if (gathered < MOST_TO_GATHER
                && lane.isAboutToOpenWindow()
                && events.peek().isPresent()) {
            gathered++;
            return lane.event(parts());
        }
        boolean isPending = lane.isPending();
        boolean hasRoom = isPending && !inFlight.isFull();
        boolean hasEvent =
                !(isPending && turns.areAllForReplay()) && events.peek().isPresent();
        if (hasRoom && (!hasEvent || turns.nextIsReplay())) {
            gathered = 0;
            return List.of(lane.marker());
        }
        return hasEvent ? lane.event(parts()) : List.of();
    }

    /** Reads an event, and those that follow it with the same token, as nothing may come between them. */
    private List<TrackedEventMessage<?>> parts() {
        List<TrackedEventMessage<?>> parts = new ArrayList<>();
        do {
            parts.add(readEvent());
        } while (events.peek()
                .filter(event -> event.trackingToken().equals(parts.get(0).trackingToken()))
                .isPresent());
        return parts;
    }

    private TrackedEventMessage<?> readEvent() {
        try {
            return events.nextAvailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading an event that was there already", e);
        }
    }

    /** Effects have to be noticed even where nobody handles them, and markers are none of the event store's. */
    @Override
    public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignored) {
        if (!Markers.isMarker(ignored) && !ReplayLane.isCause(ignored)) {
            events.skipMessagesWithPayloadTypeOf(ignored);
        }
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        return events.setOnAvailableCallback(callback);
    }

    @Override
    public void close() {
        onClose.run();
        events.close();
    }
}
