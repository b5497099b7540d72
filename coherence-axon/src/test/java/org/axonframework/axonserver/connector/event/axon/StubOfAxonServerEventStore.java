package org.axonframework.axonserver.connector.event.axon;

import java.util.List;
import java.util.function.Consumer;
import org.axonframework.common.Registration;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;

/** Stands for the event store of Axon's connector, which is not on the class path, in the package of that. */
public class StubOfAxonServerEventStore implements EventStore {

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier) {
        return DomainEventStream.empty();
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {}

    @Override
    public void publish(List<? extends EventMessage<?>> events) {}

    @Override
    public Registration registerDispatchInterceptor(
            MessageDispatchInterceptor<? super EventMessage<?>> dispatchInterceptor) {
        return () -> true;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken trackingToken) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Registration subscribe(Consumer<List<? extends EventMessage<?>>> messageProcessor) {
        return () -> true;
    }
}
