package dev.coherence.axon.processor;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** What was replayed in one unit of work, by the ends of the windows. For one thread. */
final class BatchCounts {

    static final BatchCounts NONE = new BatchCounts();

    private final List<Count> counts = new ArrayList<>();

    private record Count(@Nullable TrackingToken end, Replayed replayed) {}

    void add(@Nullable TrackingToken end, Replayed replayed) {
        counts.add(new Count(end, replayed));
    }

    Replayed in(WatchedWindow window) {
        return counts.stream()
                .filter(count -> window.endsAt(count.end))
                .map(Count::replayed)
                .reduce(Replayed.NOTHING, Replayed::plus);
    }
}
