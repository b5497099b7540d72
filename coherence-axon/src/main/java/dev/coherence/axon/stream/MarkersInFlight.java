package dev.coherence.axon.stream;

import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.index.NumberedEvent;
import dev.coherence.axon.index.ReplayIndex;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The markers that a stream has emitted, by the segments that took them and have not handled them yet. There are two reasons to
 * know them:
 *
 * <ul>
 *   <li>A stream emits no more while a segment has {@code limit} of them. Axon's processors read far ahead of their
 *       handlers; a live event would wait behind a thousand replays, and all of them could be one transaction.
 *   <li>Their events are read together. That is sound although the later ones are handled later: a segment replays up to
 *       where it is at the marker; all of that had been visible before the marker was emitted, and so before the read.
 * </ul>
 *
 * <p>Thread-safe: the stream is read by one thread, segments handle markers in others.
 */
public final class MarkersInFlight {

    private static final int MAX_EVENTS_AT_ONCE = 5_000;

    static final long NANOS_UNTIL_GONE = TimeUnit.SECONDS.toNanos(2);

    private final int limit;
    private final LongSupplier nanoTime;
    private final Map<Integer, Long> changedAt = new HashMap<>();
    private final Set<Integer> atWork = new HashSet<>();
    private final Map<Integer, Map<AggregateReplay, Fetched>> segments = new HashMap<>();

    MarkersInFlight(int limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** Notes that the segment is going to handle the marker. */
    public synchronized void taken(AggregateReplay marker, int segment) {
        markersOf(segment).putIfAbsent(marker, Fetched.NOTHING);
        changedAt.put(segment, nanoTime.getAsLong());
    }

    /** Notes that the segment has handled the marker, or failed to, and all before it: it handles them in their order. */
    public synchronized void done(AggregateReplay marker, int segment) {
        Map<AggregateReplay, Fetched> markers = markersOf(segment);
        if (markers.containsKey(marker)) {
            Iterator<AggregateReplay> inOrder = markers.keySet().iterator();
            AggregateReplay done = null;
            while (done != marker) {
                done = inOrder.next();
                inOrder.remove();
            }
        }
        atWork.remove(segment);
        changedAt.put(segment, nanoTime.getAsLong());
        notifyAll();
    }

    /** Notes that the segment is handled by somebody else from now on, or from its stored token anew. */
    synchronized void released(int segment) {
        segments.remove(segment);
        atWork.remove(segment);
        notifyAll();
    }

    /**
     * Whether a segment has so many markers that no more should be emitted. One that is not at work on any of them, and has
     * taken, begun and done none for {@link #NANOS_UNTIL_GONE}, does not count: it may have gone to another node without a
     * word, or have dropped what it took, and would keep all others from their replays. If it is only busy with live events,
     * it takes one marker in that time beyond its limit. One that takes long for an aggregate counts, however long that is.
     */
    synchronized boolean isFull() {
        return segments.entrySet().stream()
                .anyMatch(segment -> segment.getValue().size() >= limit && !isGone(segment.getKey()));
    }

    private boolean isGone(int segment) {
        long now = nanoTime.getAsLong();
        return !atWork.contains(segment) && now - changedAt.getOrDefault(segment, now) >= NANOS_UNTIL_GONE;
    }

    /** Waits until there is room for another marker, or the time is over. */
    synchronized void awaitRoom(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (isFull()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /**
     * Returns all events of the aggregate of a marker that the segment begins to handle, and is at work on until it is {@link
     * #done}. They are read for the next markers of the segment as well; nothing is returned if they have to be read by
     * themselves, because there are too many.
     */
    public Optional<List<NumberedEvent>> events(AggregateReplay marker, int segment, ReplayIndex index) {
        List<AggregateReplay> unread = begin(marker, segment);
        if (unread.contains(marker)) {
            List<AffectedAggregate> aggregates =
                    unread.stream().map(AggregateReplay::aggregate).toList();
            Map<AffectedAggregate, List<NumberedEvent>> events = index.events(aggregates, MAX_EVENTS_AT_ONCE);
            keep(unread, segment, events);
        }
        return fetched(marker, segment).events();
    }

    private synchronized List<AggregateReplay> begin(AggregateReplay marker, int segment) {
        atWork.add(segment);
        Map<AggregateReplay, Fetched> markers = markersOf(segment);
        markers.putIfAbsent(marker, Fetched.NOTHING);
        return markers.keySet().stream()
                .filter(other -> !fetched(other, segment).tried())
                .toList();
    }

    private synchronized void keep(
            List<AggregateReplay> read, int segment, Map<AffectedAggregate, List<NumberedEvent>> events) {
        Map<AggregateReplay, Fetched> markers = markersOf(segment);
        for (AggregateReplay marker : read) {
            Fetched fetched = new Fetched(true, Optional.ofNullable(events.get(marker.aggregate())));
            markers.computeIfPresent(marker, (key, none) -> fetched);
        }
    }

    private synchronized Fetched fetched(AggregateReplay marker, int segment) {
        return markersOf(segment).getOrDefault(marker, Fetched.NOTHING);
    }

    private Map<AggregateReplay, Fetched> markersOf(int segment) {
        return segments.computeIfAbsent(segment, id -> new LinkedHashMap<>());
    }

    /** What is known of the events of a marker: whether they were read with others, and were few enough. */
    private record Fetched(boolean tried, Optional<List<NumberedEvent>> events) {

        static final Fetched NOTHING = new Fetched(false, Optional.empty());
    }
}
