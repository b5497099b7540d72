package dev.coherence.axon.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The events of one test, numbered from 1. Unlike Axon's own in-memory engine, it can take an event at once within a unit of
 * work, and can be emptied. For one thread.
 */
final class TestEngine extends InMemoryEventStorageEngine {

    private final List<TrackedEventMessage<?>> events = new ArrayList<>();
    private final Consumer<String> beforeReading;

    /** Calls the consumer with the identifier of each aggregate whose events are about to be read. */
    TestEngine(Consumer<String> beforeReading) {
        super(1);
        this.beforeReading = beforeReading;
    }

    void clear() {
        events.clear();
    }

    /** Stores an event at once. */
    void store(EventMessage<?> event) {
        events.add(EventUtils.asTrackedEventMessage(event, new GlobalSequenceTrackingToken(events.size() + 1)));
    }

    /** Stores the events when the present unit of work prepares to commit. */
    @Override
    public void appendEvents(List<? extends EventMessage<?>> appended) {
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().onPrepareCommit(unitOfWork -> appended.forEach(this::store));
        } else {
            appended.forEach(this::store);
        }
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken after, boolean mayBlock) {
        return events.stream().filter(event -> after == null || !after.covers(event.trackingToken())).toList().stream();
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        beforeReading.accept(aggregateIdentifier);
        return DomainEventStream.of(stream(aggregateIdentifier)
                .filter(event -> event.getSequenceNumber() >= firstSequenceNumber)
                .toList());
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        return stream(aggregateIdentifier)
                .map(DomainEventMessage::getSequenceNumber)
                .max(Long::compare);
    }

    /** The events of the stream that are stored so far. */
    Stream<DomainEventMessage<?>> stream(String identifier) {
        return domainEvents().filter(event -> identifier.equals(event.getAggregateIdentifier()));
    }

    /** All events of aggregates and triggers that are stored so far. */
    Stream<DomainEventMessage<?>> domainEvents() {
        return events.stream().filter(DomainEventMessage.class::isInstance).map(event -> (DomainEventMessage<?>) event);
    }
}
