package dev.coherence.axon.processor;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.token.Lane;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** A window as a segment of this node goes through it. For one thread at a time. */
final class WatchedWindow {

    final @Nullable TrackingToken done;
    final TrackingToken end;
    final Moment since = Moment.now();
    private final long cursorBefore;
    private final boolean takenOver;
    private Replayed replayed = Replayed.NOTHING;

    private WatchedWindow(Lane lane, boolean takenOver) {
        this.done = lane.done();
        this.end = requireNonNull(lane.window(), "window");
        this.cursorBefore = takenOver ? lane.cursor() : 0;
        this.takenOver = takenOver;
    }

    /** The window of a marker that a segment is about to handle, or to pass. */
    static WatchedWindow offered(Lane marker) {
        return new WatchedWindow(marker, false);
    }

    /** The window of a token that this node has not led there. */
    static WatchedWindow takenOver(Lane lane) {
        return new WatchedWindow(lane, true);
    }

    void add(Replayed more) {
        replayed = replayed.plus(more);
    }

    /** Whether the lane has this window open. */
    boolean isOpenIn(Lane lane) {
        return endsAt(lane.window());
    }

    boolean endsAt(@Nullable TrackingToken other) {
        return other != null && (end == other || (end.covers(other) && other.covers(end)));
    }

    /** Whether the lane has done all effects of this window, for all aggregates. */
    boolean isDoneIn(Lane lane) {
        return lane.covers(Lane.idleAt(end));
    }

    /** Whether each effect of this window is one of the other. */
    boolean isWithin(WatchedWindow other) {
        return other.end.covers(end);
    }

    /** The number of the last aggregate that had been passed when this node took the window over; 0 if it was opened here. */
    long cursorBefore() {
        return cursorBefore;
    }

    WindowProgress progress(String processor, int segment) {
        return new WindowProgress(processor, segment, takenOver, since.instant(), since.elapsed(), replayed);
    }
}
