package dev.coherence.axon.processor;

import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.processor.ReplayProgress.OpenWindow;
import dev.coherence.axon.token.Lane;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.token.SeenPositions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the segments of a processor have to replay. What lies in a span is fixed, so that it is counted once for all
 * segments; only what is left of a window is counted each time. Thread-safe.
 */
final class WindowCounts {

    private static final int MAX_KEPT = 64;

    private final ReplayIndex index;
    private final Set<String> groups;
    private final Map<Object, Long> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
            return size() > MAX_KEPT;
        }
    };

    WindowCounts(ReplayIndex index, Set<String> groups) {
        this.index = index;
        this.groups = Set.copyOf(groups);
    }

    private record Causes(Span span) {}

    private record Aggregates(Span span, long above) {}

    Set<String> groups() {
        return groups;
    }

    ReplayProgress progress(String processor, WatchedSegment.State state) {
        LanesToken token = state.token();
        Moment since = state.pendingSince();
        return new ReplayProgress(
                processor,
                groups,
                state.number(),
                state.claimed(),
                token == null ? OptionalLong.empty() : token.position(),
                window(state),
                token == null || !WatchedSegment.isPending(token) ? 0 : causes(behind(token)),
                Optional.ofNullable(since).map(Moment::instant),
                since == null ? Duration.ZERO : state.advanced().elapsed());
    }

    private Optional<OpenWindow> window(WatchedSegment.State state) {
        WatchedWindow window = state.open();
        LanesToken token = state.token();
        WindowProgress progress = state.progress();
        if (window == null || token == null || progress == null) {
            return Optional.empty();
        }
        Span span = span(token.lane().done(), token.lane().window());
        long all = aggregates(span, 0);
        long left = index.countAffected(span, groups, token.lane().cursor());
        long before = window.cursorBefore() == 0 ? all : aggregates(span, window.cursorBefore());
        return Optional.of(new OpenWindow(progress, all, all - left, all - before, causes(span)));
    }

    /** What lies between the window, or what is done, and the live events. */
    private static Span behind(LanesToken token) {
        Lane lane = token.lane();
        return span(lane.window() == null ? lane.done() : lane.window(), WatchedSegment.live(token));
    }

    private static Span span(@Nullable TrackingToken after, @Nullable TrackingToken upTo) {
        return new Span(SeenPositions.of(after), SeenPositions.of(upTo));
    }

    private long aggregates(Span span, long above) {
        return keep(new Aggregates(span, above), () -> index.countAffected(span, groups, above));
    }

    private long causes(Span span) {
        return span.after().equals(span.upTo()) ? 0 : keep(new Causes(span), () -> index.countCauses(span, groups));
    }

    private long keep(Object question, Supplier<Long> answer) {
        synchronized (kept) {
            Long known = kept.get(question);
            if (known != null) {
                return known;
            }
        }
        long found = answer.get();
        synchronized (kept) {
            kept.put(question, found);
        }
        return found;
    }
}
