package dev.coherence.axon.projection;

import dev.coherence.axon.stream.AggregateReplay;
import dev.coherence.axon.stream.LanesSource;
import dev.coherence.axon.stream.Markers;
import dev.coherence.axon.token.LanesToken;
import dev.coherence.axon.token.SegmentPart;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;

/**
 * Hands the messages of a {@link LanesSource} to the handlers of a processor.
 *
 * <ol>
 *   <li>For each group it asks {@linkplain LanesToken#in the token} which part of the segment handles the message, and skips
 *       what this part has seen.
 *   <li>A live event goes to the handlers with Axon's own token.
 *   <li>A marker is {@linkplain AggregateReplayer expanded}: the aggregate is reset, and its events are handled anew, up to
 *       where this part is.
 * </ol>
 *
 * <p>Thread-safe, as far as the handlers are.
 */
public final class LanesInvoker extends MultiEventHandlerInvoker {

    private final List<HandlingGroup> groups;
    private final LanesSource source;
    private final AggregateReplayer replayer;
    private final SeenRevisions revisions;
    private final MarkerWatch watch;

    /**
     * @param groups the groups of the processor, at least one of which takes part in replays
     * @param source where the processor gets its messages
     * @param replayer expands markers
     * @param revisions what handlers are told to have seen
     * @param watch is told what becomes of markers
     */
    public LanesInvoker(
            List<HandlingGroup> groups,
            LanesSource source,
            AggregateReplayer replayer,
            SeenRevisions revisions,
            MarkerWatch watch) {
        super(groups.stream().<EventHandlerInvoker>map(HandlingGroup::invoker).toList());
        this.groups = List.copyOf(groups);
        this.source = source;
        this.replayer = replayer;
        this.revisions = revisions;
        this.watch = watch;
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        if (!Markers.isMarker(message)) {
            return super.canHandle(message, segment);
        }
        if (!(message.getPayload() instanceof AggregateReplay order)) {
            return false;
        }
        LanesToken token = (LanesToken) ((TrackedEventMessage<?>) message).trackingToken();
        watch.offered(token, segment);
        boolean isTaken = groups.stream().anyMatch(group -> group.replays() && group.isIn(segment, message));
        if (isTaken) {
            order.inFlight().taken(order, segment.getSegmentId());
            watch.taken(token, segment);
        }
        return isTaken;
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return payloadType == AggregateReplay.class
                || (!Markers.isMarker(payloadType) && super.canHandleType(payloadType));
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) throws Exception {
        TrackedEventMessage<?> tracked = ReplayedEvents.requireTracked(message);
        LanesToken token = (LanesToken) tracked.trackingToken();
        if (!Markers.isMarker(message)) {
            live(tracked, token, segment);
        } else if (message.getPayload() instanceof AggregateReplay order) {
            replay(order, tracked, token, segment);
        }
    }

    private void live(TrackedEventMessage<?> event, LanesToken token, Segment segment) throws Exception {
        for (HandlingGroup group : groups) {
            SegmentPart part = token.in(segment, half -> group.isIn(half, event));
            TrackingToken live = part.live();
            if (part.seen() || live == null) {
                continue;
            }
            TrackedEventMessage<?> withAxonsToken = event.withTrackingToken(live);
            if (group.wants(withAxonsToken, segment)) {
                revisions.during(
                        revisions.live(group, part), () -> group.invoker().handle(withAxonsToken, segment));
            }
        }
    }

    private void replay(AggregateReplay order, TrackedEventMessage<?> marker, LanesToken token, Segment segment)
            throws Exception {
        ReplayAttempt attempt = new ReplayAttempt(order, segment, groups);
        try {
            List<GroupReplay> due = due(order, marker, token, segment);
            if (!due.isEmpty()) {
                watch.replayed(token, segment, replayer.replay(attempt, due));
            }
        } catch (Exception | Error e) {
            attempt.failed(e);
            throw e;
        } finally {
            order.inFlight().done(order, segment.getSegmentId());
        }
    }

    private List<GroupReplay> due(
            AggregateReplay order, TrackedEventMessage<?> marker, LanesToken token, Segment segment) {
        return groups.stream()
                .filter(group -> group.replays() && group.hasAggregateIn(segment, marker))
                .map(group -> new GroupReplay(
                        group,
                        group.sequenceOfAggregate(marker),
                        token.in(segment, half -> group.hasAggregateIn(half, marker)),
                        token.doneFor(order.aggregate().number()),
                        order.causesFor(group.name())))
                .filter(replay -> replay.isDue(order.aggregate()))
                .toList();
    }

    /** Axon's own invoker of several groups does not pass this on. */
    @Override
    public void segmentReleased(Segment segment) {
        source.released(segment);
        groups.forEach(group -> group.invoker().segmentReleased(segment));
    }
}
