package dev.coherence.axon.processor;

import dev.coherence.axon.token.Lane;
import dev.coherence.axon.token.LanesToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of a segment: its last stored token, and the windows on its way. For one thread at a time.
 *
 * <p>The stored tokens say which window is open. They may jump over a window, as a batch may begin before it and end behind
 * it; so the windows of the markers that the segment was offered are noted as well, and told when a stored token is past them.
 *
 * <p>And they say nothing of a window while the very batch fails that comes to it. So the window of a marker that the segment has
 * taken is noted, too, until a stored token is past it. It counts as pending only, as nothing of it is committed.
 */
final class WatchedSegment {

    private final String processor;
    private final int number;
    private final Deque<WatchedWindow> offered = new ArrayDeque<>();
    private boolean claimed;
    private @Nullable LanesToken token;
    private @Nullable WatchedWindow open;
    private @Nullable WatchedWindow read;
    private @Nullable Moment pendingSince;
    private Moment advanced = Moment.now();

    WatchedSegment(String processor, int number) {
        this.processor = processor;
        this.number = number;
    }

    /**
     * The state at a moment.
     *
     * @param progress of the open window
     * @param pendingSince null if nothing is pending
     */
    record State(
            int number,
            boolean claimed,
            @Nullable LanesToken token,
            @Nullable WatchedWindow open,
            @Nullable WindowProgress progress,
            @Nullable Moment pendingSince,
            Moment advanced) {}

    State state() {
        WatchedWindow ahead = pendingSince == null ? read : null;
        return new State(
                number,
                claimed,
                token,
                open,
                open == null ? null : open.progress(processor, number),
                ahead == null ? pendingSince : ahead.since,
                ahead == null ? advanced : ahead.since);
    }

    boolean isClaimed() {
        return claimed;
    }

    /** The segment is about to handle, or to pass, a marker with this lane. */
    void offered(Lane marker) {
        TrackingToken end = marker.window();
        WatchedWindow last = offered.isEmpty() ? open : offered.getLast();
        if (end != null && (last == null || !last.endsAt(end))) {
            offered.add(WatchedWindow.offered(marker));
        }
    }

    /**
     * The segment is about to handle a marker with this lane. The first window that is not done yet is enough: when it is done,
     * and the next one fails, that is tried again, and so its markers are taken again. The node may lose the segment
     * meanwhile, as it does after each failure; whoever does the rest of the window, its token will tell.
     */
    void taken(Lane marker) {
        if (read == null && marker.window() != null && !stored().covers(marker)) {
            read = WatchedWindow.offered(marker);
        }
    }

    /** The segment goes on from its stored token. */
    void claimed(@Nullable LanesToken stored, List<Consumer<ReplayListener>> calls) {
        claimed = true;
        offered.clear();
        advance(stored, BatchCounts.NONE, calls);
    }

    void released() {
        claimed = false;
        offered.clear();
    }

    /** The segment is none of this node any more, or starts anew. */
    void left(List<Consumer<ReplayListener>> calls) {
        if (open != null) {
            WindowProgress told = open.progress(processor, number);
            calls.add(listener -> listener.left(told));
            open = null;
        }
    }

    /** A token was stored, with what was replayed up to it. */
    void stored(LanesToken stored, BatchCounts counts, List<Consumer<ReplayListener>> calls) {
        claimed = true;
        advance(stored, counts, calls);
    }

    private void advance(@Nullable LanesToken next, BatchCounts counts, List<Consumer<ReplayListener>> calls) {
        Lane lane = next == null ? Lane.NOTHING : next.lane();
        @Nullable WatchedWindow before = open;
        goOn(lane, counts, calls);
        pass(lane, counts, calls);
        enter(lane, counts, calls);
        note(next, lane, before);
    }

    /** Ends the open window, if the lane has left it. */
    private void goOn(Lane lane, BatchCounts counts, List<Consumer<ReplayListener>> calls) {
        WatchedWindow window = open;
        if (window == null) {
            return;
        }
        progressed(window, counts, calls);
        if (window.isOpenIn(lane)) {
            return;
        }
        if (window.isDoneIn(lane)) {
            closed(window, calls);
        } else {
            left(calls);
        }
        offered.removeIf(other -> other.isWithin(window));
        open = null;
    }

    /** Tells the windows that lie between the token before and this one. */
    private void pass(Lane lane, BatchCounts counts, List<Consumer<ReplayListener>> calls) {
        Lane before = stored();
        while (!offered.isEmpty() && offered.getFirst().isDoneIn(lane)) {
            WatchedWindow window = offered.removeFirst();
            if (!window.isDoneIn(before)) {
                opened(window, calls);
                progressed(window, counts, calls);
                closed(window, calls);
            }
        }
    }

    private void enter(Lane lane, BatchCounts counts, List<Consumer<ReplayListener>> calls) {
        if (open != null || lane.window() == null) {
            return;
        }
        WatchedWindow window = offered.stream()
                .filter(known -> known.isOpenIn(lane))
                .findFirst()
                .orElseGet(() -> WatchedWindow.takenOver(lane));
        offered.remove(window);
        open = window;
        opened(window, calls);
        progressed(window, counts, calls);
    }

    private void opened(WatchedWindow window, List<Consumer<ReplayListener>> calls) {
        WindowProgress told = window.progress(processor, number);
        calls.add(listener -> listener.opened(told));
    }

    private void progressed(WatchedWindow window, BatchCounts counts, List<Consumer<ReplayListener>> calls) {
        Replayed replayed = counts.in(window);
        if (replayed.aggregates() > 0) {
            window.add(replayed);
            WindowProgress told = window.progress(processor, number);
            calls.add(listener -> listener.progressed(told, replayed));
        }
    }

    private void closed(WatchedWindow window, List<Consumer<ReplayListener>> calls) {
        WindowProgress told = window.progress(processor, number);
        calls.add(listener -> listener.closed(told));
    }

    private void note(@Nullable LanesToken next, Lane lane, @Nullable WatchedWindow before) {
        read = read != null && read.isDoneIn(lane) ? null : read;
        if (!isPending(next)) {
            pendingSince = null;
        } else if (pendingSince == null) {
            WatchedWindow first = read == null ? open : read;
            pendingSince = first == null ? Moment.now() : first.since;
            advanced = Moment.now();
        } else {
            pendingSince = before != null && before != open ? before.since : pendingSince;
            advanced = token != null && lane.equals(token.lane()) ? advanced : Moment.now();
        }
        token = next;
    }

    private Lane stored() {
        return token == null ? Lane.NOTHING : token.lane();
    }

    /** Whether the token of a segment says that something is to be replayed. */
    static boolean isPending(@Nullable LanesToken token) {
        return token != null && (token.lane().window() != null || !token.lane().covers(Lane.idleAt(live(token))));
    }

    /** Up to where all parts of the segment have handled live events, since a reset. */
    static @Nullable TrackingToken live(LanesToken token) {
        return token.lowerBound().live();
    }
}
