package dev.coherence.axon.stream;

import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.token.LanesToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.Message;

/** The messages of a stream that are no events. */
public final class Markers {

    private Markers() {}

    /** Whether the message is a marker, and no event; interceptors and monitors of the application should not see it. */
    public static boolean isMarker(Message<?> message) {
        return isMarker(message.getPayloadType());
    }

    /** Whether messages with such a payload are markers, and no events. */
    public static boolean isMarker(Class<?> payloadType) {
        return payloadType == AggregateReplay.class || payloadType == WindowDone.class;
    }

    /** A domain event of the aggregate, so that a sequencing policy takes it for one. */
    static TrackedEventMessage<?> replay(AggregateReplay order, LanesToken token) {
        AffectedAggregate aggregate = order.aggregate();
        return new GenericTrackedDomainEventMessage<>(
                token, new GenericDomainEventMessage<>(aggregate.type(), aggregate.identifier(), 0, order));
    }

    static TrackedEventMessage<?> windowDone(LanesToken token) {
        return new GenericTrackedEventMessage<>(token, new GenericEventMessage<>(new WindowDone()));
    }
}
