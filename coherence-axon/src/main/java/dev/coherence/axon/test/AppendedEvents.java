package dev.coherence.axon.test;

import dev.coherence.axon.event.EffectFired;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Remembers what passed the guard, and hands it on to Axon's fixture. For one thread. */
final class AppendedEvents implements Consumer<List<? extends EventMessage<?>>> {

    private final List<EventMessage<?>> appended = new ArrayList<>();
    private final EventStore axonsEvents;
    private final Supplier<? extends TestedAggregate<?>> aggregate;

    AppendedEvents(EventStore axonsEvents, Supplier<? extends TestedAggregate<?>> aggregate) {
        this.axonsEvents = axonsEvents;
        this.aggregate = aggregate;
    }

    void clear() {
        appended.clear();
    }

    List<EventMessage<?>> toList() {
        return List.copyOf(appended);
    }

    /** Effects have streams of their own, which Axon's fixture would take for a wrong aggregate. */
    @Override
    public void accept(List<? extends EventMessage<?>> events) {
        appended.addAll(events);
        List<? extends EventMessage<?>> published = events.stream()
                .filter(event -> event.getPayloadType() != EffectFired.class)
                .map(this::asAxonsFixtureTakesIt)
                .toList();
        axonsEvents.publish(published);
    }

    /** The event of another aggregate, which a handler has created, is for Axon's fixture one of no aggregate. */
    private EventMessage<?> asAxonsFixtureTakesIt(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domainEvent
                        && !aggregate.get().isOwnType(domainEvent.getType())
                ? new GenericEventMessage<>(
                        event.getIdentifier(), event.getPayload(), event.getMetaData(), event.getTimestamp())
                : event;
    }
}
