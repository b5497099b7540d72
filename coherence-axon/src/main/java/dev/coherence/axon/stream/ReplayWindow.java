package dev.coherence.axon.stream;

import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.replay.ReplayCause;
import dev.coherence.axon.token.Lane;
import dev.coherence.axon.token.SeenPositions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * The effects that are being replayed, and the aggregates that they affect, in the order of their numbers. The aggregates are
 * found page by page, so that there may be any number of them. For one thread.
 */
final class ReplayWindow {

    private static final int PAGE_SIZE = 1_000;

    private final ReplayIndex index;
    private final Set<String> groups;
    private final MarkersInFlight inFlight;
    private final @Nullable TrackingToken done;
    private final TrackingToken end;
    private final Span span;
    private final Queue<AggregateReplay> page = new ArrayDeque<>();
    private long cursor;
    private boolean lastPage;

    /**
     * @param done effects that it has seen are replayed already
     * @param end effects that it has seen are in the window
     * @param cursor the number of the last aggregate that is replayed already
     */
    ReplayWindow(
            ReplayIndex index,
            Set<String> groups,
            MarkersInFlight inFlight,
            @Nullable TrackingToken done,
            TrackingToken end,
            long cursor) {
        this.index = index;
        this.groups = groups;
        this.inFlight = inFlight;
        this.done = done;
        this.end = end;
        this.cursor = cursor;
        this.span = new Span(SeenPositions.of(done), SeenPositions.of(end));
    }

    /** Effects that it has seen are in the window, or were done before. */
    TrackingToken end() {
        return end;
    }

    /** Returns the order for the next aggregate; null if there are no more. */
    @Nullable
    AggregateReplay next() {
        if (page.isEmpty() && !lastPage) {
            fetchPage();
        }
        AggregateReplay next = page.poll();
        if (next != null) {
            cursor = next.aggregate().number();
        }
        return next;
    }

    /** What a segment has done that has handled all orders so far. */
    Lane lane() {
        return new Lane(done, end, cursor);
    }

    private void fetchPage() {
        List<AffectedAggregate> aggregates = index.affected(span, groups, cursor, PAGE_SIZE);
        Map<AffectedAggregate, List<ReplayCause>> causes = index.causes(span, groups, aggregates);
        for (AffectedAggregate aggregate : aggregates) {
            page.add(new AggregateReplay(aggregate, causes.getOrDefault(aggregate, List.of()), inFlight));
        }
        lastPage = aggregates.size() < PAGE_SIZE;
    }
}
