package dev.coherence.axon.stream;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.token.Lane;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.token.Positions;
import dev.coherence.axon.token.SeenPositions;
import dev.coherence.axon.vault.CachedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * The lane of replays beside a stream of live events.
 *
 * <ol>
 *   <li>While nothing is pending, the lane follows the live events: with each of them, all effects up to it are done.
 *   <li>An effect that affects an aggregate stays pending: the lane stops before it.
 *   <li>The window opens when the first marker is due. It reaches up to the last live event, so that effects which have
 *       come together are replayed together. What comes later belongs to the next window.
 *   <li>Each marker claims that its aggregate is replayed, for the effects of the window.
 *   <li>After the last one, the effects of the window are done for all aggregates; and if no effect has come since, so are
 *       all up to the last live event.
 * </ol>
 *
 * <p>All that it knows is in the tokens that it gives out, so that another stream can go on where a segment stands. For one
 * thread.
 */
final class ReplayLane {

    private final ReplayIndex index;
    private final Set<String> groups;
    private final MarkersInFlight inFlight;
    private final CachedKeys keys;
    private @Nullable TrackingToken live;
    private Lane lane;
    private @Nullable ReplayWindow window;
    private boolean isPending;

    /** Goes on after the given token; null has seen nothing. */
    ReplayLane(
            ReplayIndex index,
            Set<String> groups,
            MarkersInFlight inFlight,
            CachedKeys keys,
            @Nullable LanesToken start) {
        this.index = index;
        this.groups = groups;
        this.inFlight = inFlight;
        this.keys = keys;
        this.live = start == null ? null : start.live();
        this.lane = start == null ? Lane.NOTHING : start.lane();
        this.isPending = lane.window() != null || !Positions.covers(lane.done(), live);
    }

    /**
     * Returns the live event with its token of both lanes.
     *
     * @param parts the parts of one event, which upcasters may have split; at least one
     */
    List<TrackedEventMessage<?>> event(List<TrackedEventMessage<?>> parts) {
        TrackingToken token = parts.get(0).trackingToken();
        live = token;
        parts.forEach(this::forgetKeyOf);
        if (!isPending) {
            Lane following = Lane.idleAt(Positions.upper(lane.done(), token));
            isPending = !Positions.covers(lane.done(), token)
                    && parts.stream().anyMatch(ReplayLane::isCause)
                    && affectsAny(lane.done(), following.done());
            lane = isPending ? lane : following;
        }
        LanesToken both = LanesToken.event(token, lane);
        List<TrackedEventMessage<?>> events = new ArrayList<>();
        parts.forEach(part -> events.add(part.withTrackingToken(both)));
        return events;
    }

    /** The effect may tell that a key has ended, and what it encrypted is going to be handled again. */
    private void forgetKeyOf(TrackedEventMessage<?> event) {
        if (event.getPayloadType() == EffectFired.class) {
            keys.forget(((EffectFired) event.getPayload()).trigger());
        }
    }

    /** Whether the event may affect aggregates. */
    static boolean isCause(TrackedEventMessage<?> event) {
        return event.getPayloadType() == EffectFired.class || event.getPayloadType() == ReplayRequested.class;
    }

    /** Whether the next marker opens a window, with all effects that have come by then. */
    boolean isAboutToOpenWindow() {
        return isPending() && window == null && lane.window() == null;
    }

    private boolean affectsAny(@Nullable TrackingToken after, @Nullable TrackingToken upTo) {
        return index.affectsAny(new Span(SeenPositions.of(after), SeenPositions.of(upTo)), groups);
    }

    /** Whether a marker is due; never before the first event, as there is no position for it. */
    boolean isPending() {
        return isPending && live != null;
    }

    /** Returns the next marker; only while one is due. */
    TrackedEventMessage<?> marker() {
        TrackingToken position = position();
        ReplayWindow open = open(position);
        AggregateReplay next = open.next();
        if (next != null) {
            lane = open.lane();
            return Markers.replay(next, LanesToken.marker(position, lane));
        }
        close(open, position);
        return Markers.windowDone(LanesToken.marker(position, lane));
    }

    private TrackingToken position() {
        if (live == null) {
            throw new IllegalStateException("Before the first event no effect can be pending");
        }
        return live;
    }

    private ReplayWindow open(TrackingToken position) {
        if (window == null) {
            @Nullable TrackingToken end = lane.window();
            TrackingToken reach = end == null ? requireNonNull(Positions.upper(position, lane.done())) : end;
            window = new ReplayWindow(index, groups, inFlight, lane.done(), reach, lane.cursor());
        }
        return window;
    }

    private void close(ReplayWindow done, TrackingToken position) {
        window = null;
        isPending = affectsAny(done.end(), position);
        lane = Lane.idleAt(isPending ? done.end() : Positions.upper(done.end(), position));
    }
}
