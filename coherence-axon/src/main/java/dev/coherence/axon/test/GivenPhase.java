package dev.coherence.axon.test;

import dev.coherence.action.Effect;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.Draft;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;

/**
 * What was stored before the command, in its order. Axon's fixture holds the given events, but knows to which aggregate they
 * belong only when that is loaded or appends an event. Until then they wait here, and with them the effects given after
 * them. For one thread.
 */
final class GivenPhase implements MessageDispatchInterceptor<EventMessage<?>> {

    static final String SOURCE = "test";

    private final EventCodec effects = new EventCodec(StreamNames.withoutAnnotatedKinds());
    private final TestEngine engine = new TestEngine(this::belongTo);
    private final Deque<Optional<Effect>> waiting = new ArrayDeque<>();
    private final EventStore axonsEvents;
    private final Supplier<? extends TestedAggregate<?>> aggregate;
    private final Supplier<Instant> time;

    /**
     * @param axonsEvents the event store of Axon's fixture
     * @param aggregate asked when the first event is stored
     * @param time when an effect is fired
     */
    GivenPhase(EventStore axonsEvents, Supplier<? extends TestedAggregate<?>> aggregate, Supplier<Instant> time) {
        this.axonsEvents = axonsEvents;
        this.aggregate = aggregate;
        this.time = time;
    }

    TestEngine engine() {
        return engine;
    }

    void clear() {
        engine.clear();
        waiting.clear();
    }

    /** Tells that Axon's fixture was given so many further events. */
    void events(int count) {
        for (int i = 0; i < count; i++) {
            waiting.add(Optional.empty());
        }
    }

    void effect(Effect effect) {
        if (waiting.isEmpty()) {
            store(effect);
        } else {
            waiting.add(Optional.of(effect));
        }
    }

    /** The stored events of the aggregate. */
    Stream<DomainEventMessage<?>> aggregateEvents() {
        return engine.domainEvents().filter(event -> aggregate.get().isOwnType(event.getType()));
    }

    /** Stores what waits, before somebody asks for the state of an aggregate that was not loaded. */
    void beforeAskingFor(String aggregateIdentifier) {
        if (!waiting.isEmpty()) {
            belongTo(aggregateIdentifier);
        }
    }

    /** Stores what waits, right before the guard looks at what is about to be appended. */
    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> messages) {
        messages.stream()
                .filter(DomainEventMessage.class::isInstance)
                .<DomainEventMessage<?>>map(message -> (DomainEventMessage<?>) message)
                .filter(event -> aggregate.get().isOwnType(event.getType()))
                .map(DomainEventMessage::getAggregateIdentifier)
                .findFirst()
                .ifPresent(this::beforeAskingFor);
        return (i, message) -> message;
    }

    /**
     * Stores what waits: the given events belong to this aggregate.
     *
     * @throws RuntimeException if Axon's fixture says that they do not, or has none
     */
    private void belongTo(String aggregateIdentifier) {
        Iterator<DomainEventMessage<?>> given = axonsEvents
                .readEvents(aggregateIdentifier)
                .asStream()
                .<DomainEventMessage<?>>map(event -> event)
                .skip(engine.stream(aggregateIdentifier).count())
                .iterator();
        while (!waiting.isEmpty()) {
            waiting.remove().ifPresentOrElse(this::store, () -> store(given.next(), aggregateIdentifier));
        }
    }

    private void store(DomainEventMessage<?> given, String aggregateIdentifier) {
        engine.store(new GenericDomainEventMessage<>(
                aggregate.get().typeOfGiven(given.getType()),
                aggregateIdentifier,
                engine.stream(aggregateIdentifier).count(),
                given.getPayload(),
                given.getMetaData(),
                given.getIdentifier(),
                given.getTimestamp()));
    }

    private void store(Effect effect) {
        Draft draft = new Draft(effect, time.get(), SOURCE, new TreeSet<>());
        engine.store(effects.encode(draft, engine.stream(effects.stream(draft)).count()));
    }
}
