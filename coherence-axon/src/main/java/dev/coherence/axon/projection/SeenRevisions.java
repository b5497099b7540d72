package dev.coherence.axon.projection;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.ReplayIndex;
import dev.coherence.axon.index.Span;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.axon.token.Lane;
import dev.coherence.axon.token.Positions;
import dev.coherence.axon.token.SeenPositions;
import dev.coherence.axon.token.SegmentPart;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * What a handler of events has seen of the aggregate of an event, this event included: the {@link Revision} that it may take
 * as a parameter, and keep with what it shows.
 *
 * <p>The version is that of the event. The position never claims an effect for which the aggregate still has to be replayed:
 *
 * <ol>
 *   <li>In a replay it is the end of the window.
 *   <li>Of a live event, it is up to where the group is, if no effect is pending that affects the aggregate; or further, where
 *       the group has begun after effects and so need not follow them.
 *   <li>Otherwise it is the end of the window, if the aggregate was replayed in it; or else all that was done before.
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class SeenRevisions {

    /** Keeps a revision short enough for an HTTP header. */
    private static final int MAX_RANGES = 64;

    private static final String RESOURCE = SeenRevisions.class.getName();

    private final ReplayIndex index;
    private final StreamNames names;

    /** Answers from the index. */
    public SeenRevisions(ReplayIndex index, StreamNames names) {
        this.index = requireNonNull(index, "index");
        this.names = requireNonNull(names, "names");
    }

    /** Tells what has been seen with an event. */
    @FunctionalInterface
    interface Seen {
        Revision with(EventMessage<?> event);
    }

    /** Does something that may throw. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Does the work; handlers that run meanwhile in the present unit of work have seen what is given here. */
    void during(Seen seen, Work work) throws Exception {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get();
        unitOfWork.resources().put(RESOURCE, seen);
        try {
            work.run();
        } finally {
            unitOfWork.resources().remove(RESOURCE);
        }
    }

    /**
     * What a handler of the present unit of work has seen with the event. Where nobody knows, for example when a dead letter
     * is processed, no effect counts as seen.
     */
    static Revision current(EventMessage<?> event) {
        Seen seen = CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get().getResource(RESOURCE) : null;
        return seen == null ? withVersion(Revision.at(0), event) : seen.with(event);
    }

    /**
     * For processors without replays: their handlers have seen all up to the event. Nothing of an effect is ever pending there,
     * since such a processor does not promise to follow it.
     */
    public static MessageHandlerInterceptor<EventMessage<?>> ofPlainProcessor() {
        Seen seen = event -> withVersion(position(plainPosition(event)), event);
        return (unitOfWork, chain) -> {
            unitOfWork.resources().put(RESOURCE, seen);
            return chain.proceed();
        };
    }

    private static @Nullable TrackingToken plainPosition(EventMessage<?> event) {
        TrackingToken token = event instanceof TrackedEventMessage<?> tracked
                ? WrappedToken.unwrapLowerBound(tracked.trackingToken())
                : null;
        return token instanceof GapAwareTrackingToken || token instanceof GlobalSequenceTrackingToken ? token : null;
    }

    /**
     * With the events of a replay.
     *
     * @param done the effects that the aggregate was replayed for
     */
    Seen replayed(@Nullable TrackingToken done) {
        return event -> withVersion(position(done), event);
    }

    /** With a live event. */
    Seen live(HandlingGroup group, SegmentPart part) {
        return event -> withVersion(position(seen(group, part, event)), event);
    }

    private @Nullable TrackingToken seen(HandlingGroup group, SegmentPart part, EventMessage<?> event) {
        TrackingToken live = WrappedToken.unwrapLowerBound(part.live());
        if (!group.replays()) {
            return live;
        }
        Lane lane = part.lane();
        if (!(event instanceof DomainEventMessage<?> ofAggregate)) {
            return Positions.covers(lane.done(), live)
                    ? live
                    : lane.done(); // without a version, it decides about actions as well
        }
        TrackingToken replayed = isReplayed(ofAggregate, lane) ? lane.window() : lane.done();
        return Positions.covers(replayed, live) || isAffected(ofAggregate, replayed, live, group)
                ? replayed
                : Positions.upper(replayed, live);
    }

    /** Also if the aggregate cannot be named, so that nothing can be found out about it. */
    private boolean isAffected(
            DomainEventMessage<?> event,
            @Nullable TrackingToken after,
            @Nullable TrackingToken upTo,
            HandlingGroup group) {
        Span span = new Span(SeenPositions.of(after), SeenPositions.of(upTo));
        return aggregate(event)
                .map(aggregate -> index.affects(span, Set.of(group.name()), aggregate))
                .orElse(true);
    }

    private boolean isReplayed(DomainEventMessage<?> event, Lane lane) {
        return lane.window() != null
                && index.numberOf(event.getAggregateIdentifier()).orElse(Long.MAX_VALUE) <= lane.cursor();
    }

    /** None if it cannot be named, and so cannot be affected; but that is not for us to decide. */
    private Optional<Identity> aggregate(DomainEventMessage<?> event) {
        try {
            return Optional.of(names.aggregate(event.getType(), event.getAggregateIdentifier()));
        } catch (InvalidInputException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static Revision position(@Nullable TrackingToken raw) {
        return SeenPositions.of(raw).coarsened(MAX_RANGES);
    }

    private static Revision withVersion(Revision position, EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domainEvent
                ? position.withVersion(domainEvent.getSequenceNumber())
                : position;
    }
}
