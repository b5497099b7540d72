package dev.coherence.axon.processor;

import dev.coherence.axon.projection.MarkerWatch;
import dev.coherence.axon.token.LanesToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** The segments of a processor that this node knows. Thread-safe. */
final class WatchedProcessor implements MarkerWatch {

    private final String name;
    private final WindowCounts counts;
    private final Consumer<List<Consumer<ReplayListener>>> listeners;
    private final Map<Integer, WatchedSegment> segments = new TreeMap<>();
    private final String resource;

    /**
     * @param listeners has calls made at listeners
     */
    WatchedProcessor(String name, WindowCounts counts, Consumer<List<Consumer<ReplayListener>>> listeners) {
        this.name = name;
        this.counts = counts;
        this.listeners = listeners;
        this.resource = WatchedProcessor.class.getName() + "/" + name;
    }

    @Override
    public synchronized void offered(LanesToken marker, Segment segment) {
        WatchedSegment known = segments.get(segment.getSegmentId());
        if (known != null) {
            known.offered(marker.lane());
        }
    }

    @Override
    public synchronized void taken(LanesToken marker, Segment segment) {
        WatchedSegment known = segments.get(segment.getSegmentId());
        if (known != null) {
            known.taken(marker.lane());
        }
    }

    @Override
    public void replayed(LanesToken marker, Segment segment, int events) {
        CurrentUnitOfWork.ifStarted(
                unitOfWork -> countsOf(unitOfWork).add(marker.lane().window(), new Replayed(1, events)));
    }

    private BatchCounts countsOf(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(resource, key -> new BatchCounts());
    }

    /** What is being replayed in the present unit of work, of which there is one for each batch of a segment. */
    BatchCounts countsOfBatch() {
        return CurrentUnitOfWork.isStarted() ? countsOf(CurrentUnitOfWork.get()) : BatchCounts.NONE;
    }

    /**
     * The token of a segment was fetched.
     *
     * @param isClaim whether the processor begins to handle the segment; otherwise it may go on with it, and may be about to
     *     reset or to merge it
     */
    void fetched(int segment, @Nullable TrackingToken token, boolean isClaim) {
        tell((known, calls) -> {
            if (isClaim || known.containsKey(segment)) {
                segment(segment).claimed((LanesToken) token, calls);
            }
        });
    }

    /** A token was stored: one of ours is progress, another one is a new start. */
    void stored(int segment, @Nullable TrackingToken token, BatchCounts replayed) {
        if (token instanceof LanesToken lanes) {
            tell((known, calls) -> segment(segment).stored(lanes, replayed, calls));
        } else {
            deleted(segment);
        }
    }

    void deleted(int segment) {
        tell((known, calls) -> {
            WatchedSegment gone = known.remove(segment);
            if (gone != null) {
                gone.left(calls);
            }
        });
    }

    synchronized void released(int segment) {
        WatchedSegment known = segments.get(segment);
        if (known != null) {
            known.released();
        }
    }

    /** The segments that this node holds or may claim: what it has released and is not among them, another one has. */
    void available(List<Segment> available) {
        Set<Integer> numbers = available.stream().map(Segment::getSegmentId).collect(Collectors.toSet());
        tell((known, calls) -> known.values().removeIf(segment -> {
            boolean isElsewhere =
                    !segment.isClaimed() && !numbers.contains(segment.state().number());
            if (isElsewhere) {
                segment.left(calls);
            }
            return isElsewhere;
        }));
    }

    private WatchedSegment segment(int number) {
        return segments.computeIfAbsent(number, id -> new WatchedSegment(name, id));
    }

    private void tell(BiConsumer<Map<Integer, WatchedSegment>, List<Consumer<ReplayListener>>> change) {
        List<Consumer<ReplayListener>> calls = new ArrayList<>();
        synchronized (this) {
            change.accept(segments, calls);
        }
        listeners.accept(calls);
    }

    Set<String> groups() {
        return counts.groups();
    }

    List<ReplayProgress> progress() {
        List<WatchedSegment.State> states;
        synchronized (this) {
            states = segments.values().stream().map(WatchedSegment::state).toList();
        }
        return states.stream().map(state -> counts.progress(name, state)).toList();
    }
}
