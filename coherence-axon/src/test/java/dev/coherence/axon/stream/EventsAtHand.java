package dev.coherence.axon.stream;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.event.EffectFired;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;

/** A source with one stream of events, which are added one after the other. */
final class EventsAtHand
        implements BlockingStream<TrackedEventMessage<?>>, StreamableMessageSource<TrackedEventMessage<?>> {

    private final Queue<TrackedEventMessage<?>> events = new ArrayDeque<>();
    final List<Class<?>> skipped = new ArrayList<>();
    Optional<TrackingToken> openedAt = Optional.empty();
    boolean closed;
    boolean isOutOfReach;

    EventsAtHand event(long position) {
        return add(position, "event " + position);
    }

    EventsAtHand effect(long position) {
        return add(position, EffectFired.of(new Effect("expired", Identity.of("key", "k" + position))));
    }

    EventsAtHand add(long position, Object payload) {
        events.add(new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(position), new GenericEventMessage<>(payload)));
        return this;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken trackingToken) {
        if (isOutOfReach) {
            throw new IllegalStateException("out of reach");
        }
        openedAt = Optional.ofNullable(trackingToken);
        return this;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return Optional.ofNullable(events.peek());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) {
        return !events.isEmpty();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() {
        return events.remove();
    }

    @Override
    public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignoredMessage) {
        skipped.add(ignoredMessage.getPayloadType());
    }

    @Override
    public void close() {
        closed = true;
    }
}
