package dev.coherence.axon.index;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.ReadQuery;
import dev.coherence.revision.Revision;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * The index over Axon's in-memory engine, for tests and demonstrations: it stores nothing and looks through all events at
 * each call. One transaction at a time holds its lock, because that engine neither checks versions nor rolls back.
 * Thread-safe.
 *
 * <p>The engine has to start at offset 1 ({@code new InMemoryEventStorageEngine(1)}), since 0 means "nothing seen".
 */
public final class InMemoryEventIndex implements EventIndex {

    private final InMemoryEventStorageEngine engine;
    private final StreamNames names;
    private final EventCodec codec;
    private final ReentrantLock lock = new ReentrantLock();

    /** Creates an index over the engine, with identities mapped to streams as given. */
    public InMemoryEventIndex(InMemoryEventStorageEngine engine, StreamNames names) {
        this(engine, names, new EventDescriptors());
    }

    /** Creates an index over the engine, which reads events of annotated aggregates as the descriptors say. */
    public InMemoryEventIndex(InMemoryEventStorageEngine engine, StreamNames names, EventDescriptors descriptors) {
        this.engine = requireNonNull(engine, "engine");
        this.names = requireNonNull(names, "names");
        this.codec = new EventCodec(names, requireNonNull(descriptors, "descriptors"));
    }

    @Override
    public StreamNames streamNames() {
        return names;
    }

    @Override
    public void lock(SortedMap<Identity, LockMode> triggers) {
        if (!CurrentUnitOfWork.isStarted()) {
            throw new IllegalStateException("Triggers are locked within a unit of work only");
        }
        if (!lock.isHeldByCurrentThread()) {
            lock.lock();
            CurrentUnitOfWork.get().onCleanup(unitOfWork -> lock.unlock());
        }
    }

    /** Locks everything, like {@link #lock}. */
    @Override
    public Map<ReadState, Probe> lockChangesTo(Set<ReadState> read, SortedMap<Identity, LockMode> others) {
        lock(others);
        return read.stream().collect(toMap(state -> state, this::probe));
    }

    @Override
    public SortedSet<Identity> linkedTriggers(Collection<Identity> aggregates) {
        return allActions()
                .filter(action -> aggregates.contains(action.action().aggregate()))
                .flatMap(action -> action.action().triggers().stream())
                .collect(toCollection(TreeSet::new));
    }

    @Override
    public long lastNumber() {
        return messages().mapToLong(InMemoryEventIndex::number).max().orElse(0);
    }

    @Override
    public long nextVersion(String type, String stream) {
        long events = 0;
        for (TrackedEventMessage<?> message : messages().toList()) {
            if (message instanceof DomainEventMessage<?> event
                    && event.getAggregateIdentifier().equals(stream)) {
                if (!event.getType().equals(type) && !names.isAnnotated(type)) {
                    throw StreamNames.wrongType(stream, type, event.getType());
                }
                events = Math.max(events, event.getSequenceNumber() + 1);
            }
        }
        return events;
    }

    /** Waits for a transaction that is appending, since the engine shows the events of one in no particular order. */
    @Override
    public Revision head() {
        lock.lock();
        try {
            return Revision.at(lastNumber());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Probe probe(ReadState read) {
        boolean unseenEffects = read.base().position().isPresent()
                && unseen(read.aggregate(), read.base()).stream()
                        .anyMatch(event -> event.fold(action -> false, effect -> true));
        return new Probe(lastNumber(), unseenEffects);
    }

    @Override
    public List<Event> unseen(Identity aggregate, Revision base) {
        Set<Identity> triggers = linkedTriggers(Set.of(aggregate));
        return events().filter(event -> event.fold(
                        action -> action.action().aggregate().equals(aggregate),
                        effect -> effect.effect().trigger().equals(aggregate)
                                || triggers.contains(effect.effect().trigger())))
                .filter(event -> !base.sees(event))
                .toList();
    }

    @Override
    public SortedSet<Long> existing(Collection<Long> numbers) {
        return messages()
                .map(InMemoryEventIndex::number)
                .filter(numbers::contains)
                .collect(toCollection(TreeSet::new));
    }

    @Override
    public Stream<RecordedAction> actions(Identity aggregate) {
        return allActions().filter(action -> action.action().aggregate().equals(aggregate));
    }

    @Override
    public Stream<RecordedAction> read(ReadQuery query, Revision head) {
        SortedSet<Identity> affected = events().filter(event -> head.seesNumber(event.sequenceNumber()))
                .filter(event -> !query.after().sees(event))
                .flatMap(event -> event.fold(action -> Stream.<Identity>empty(), this::affected))
                .collect(toCollection(TreeSet::new));
        return allActions()
                .filter(action -> head.seesNumber(action.sequenceNumber()))
                .filter(action -> query.selects(action.action().aggregate()))
                .filter(action -> !query.after().sees(action)
                        || affected.contains(action.action().aggregate()));
    }

    /** The aggregate that the trigger names, and those that an earlier action linked to it. */
    private Stream<Identity> affected(RecordedEffect effect) {
        Identity trigger = effect.effect().trigger();
        Stream<Identity> linked = allActions()
                .filter(action -> action.sequenceNumber() < effect.sequenceNumber())
                .filter(action -> action.action().triggers().contains(trigger))
                .map(action -> action.action().aggregate());
        return Stream.concat(Stream.of(trigger), linked);
    }

    /** Refuses what other indexes refuse, and stores nothing: everything is found in the events themselves. */
    @Override
    public void record(List<? extends EventMessage<?>> appended) {
        for (EventMessage<?> message : appended) {
            if (message instanceof DomainEventMessage<?> domainEvent) {
                SortedSet<Identity> unused = codec.links(domainEvent);
            }
        }
    }

    @Override
    public Map<String, Long> numbers(Collection<String> eventIdentifiers) {
        Map<String, Long> numbers = new HashMap<>();
        messages()
                .filter(message -> eventIdentifiers.contains(message.getIdentifier()))
                .forEach(message -> numbers.put(message.getIdentifier(), number(message)));
        return numbers;
    }

    @Override
    public ReplayIndex replays() {
        return new InMemoryReplayIndex(this::messages, names, codec);
    }

    @Override
    public IndexMaintenance maintenance() {
        return new AlwaysComplete(this::lastNumber);
    }

    @Override
    public boolean isConcurrentChange(Throwable failure) {
        return false;
    }

    private Stream<RecordedAction> allActions() {
        return events().flatMap(event -> event.fold(Stream::of, effect -> Stream.empty()));
    }

    private Stream<Event> events() {
        return messages().map(this::decode).flatMap(Optional::stream);
    }

    private Optional<Event> decode(TrackedEventMessage<?> message) {
        return message instanceof DomainEventMessage<?> domainEvent
                ? codec.decode(domainEvent, number(message))
                : Optional.empty();
    }

    private Stream<TrackedEventMessage<?>> messages() {
        return engine.readEvents(null, false).map(message -> message);
    }

    static long number(TrackedEventMessage<?> message) {
        long number = message.trackingToken().position().orElseThrow();
        if (number == 0) {
            throw new IllegalStateException(
                    "The in-memory engine has an event at position 0, which means 'nothing seen':"
                            + " create it with new InMemoryEventStorageEngine(1)");
        }
        return number;
    }
}
