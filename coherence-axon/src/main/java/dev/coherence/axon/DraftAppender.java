package dev.coherence.axon;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.log.CommitResult;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.log.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.common.AxonTransientException;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Publishes drafts, commits, and tells a lost race from a failure. */
final class DraftAppender {

    private final OwnUnitOfWork unitOfWork;
    private final EventStore eventStore;
    private final EventIndex index;
    private final EventCodec codec;
    private final Map<Identity, Long> aggregateVersions;

    DraftAppender(
            OwnUnitOfWork unitOfWork,
            EventStore eventStore,
            EventIndex index,
            EventCodec codec,
            Map<Identity, Long> aggregateVersions) {
        this.unitOfWork = unitOfWork;
        this.eventStore = eventStore;
        this.index = index;
        this.codec = codec;
        this.aggregateVersions = aggregateVersions;
    }

    CommitResult append(List<Draft> drafts) {
        Map<Stream, Long> firstVersions = new LinkedHashMap<>();
        List<String> ours = new ArrayList<>();
        AppendedMessages appended = unitOfWork.collectAppended();
        try {
            List<DomainEventMessage<?>> messages = encode(drafts, firstVersions);
            messages.forEach(message -> ours.add(message.getIdentifier()));
            eventStore.publish(messages);
            Map<String, Long> numbers = new HashMap<>();
            unitOfWork.afterAppend(() -> numbers.putAll(numbersOf(ours)));
            unitOfWork.commit();
            return new CommitResult.Committed(recorded(appended, numbers));
        } catch (RuntimeException e) {
            unitOfWork.rollback();
            return afterFailure(e, ours, appended, firstVersions);
        }
    }

    private Map<String, Long> numbersOf(List<String> identifiers) {
        Map<String, Long> numbers = index.numbers(identifiers);
        if (numbers.size() != identifiers.size()) {
            throw new IllegalStateException(
                    "Events were appended but are not found again: the index has to be set up for"
                            + " the database and the table that the storage engine of the event store uses");
        }
        return numbers;
    }

    /**
     * A commit may fail on the way back, when the database has done it already: then what is stored is the truth. If that
     * cannot be found out, the failure alone tells, as long as no commit was tried.
     */
    private CommitResult afterFailure(
            RuntimeException failure, List<String> ours, AppendedMessages appended, Map<Stream, Long> firstVersions) {
        boolean lost = tellsOfRace(failure);
        try {
            List<Event> stored = recorded(appended, index.numbers(ours));
            if (!ours.isEmpty() && stored.size() == ours.size()) {
                return new CommitResult.Committed(stored);
            }
            lost = lost || versionsAreTaken(firstVersions);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            lost &= !unitOfWork.hasTriedToCommit();
        }
        if (lost) {
            return new CommitResult.Lost("a concurrent append to the same aggregate or trigger won");
        }
        throw failure;
    }

    /** One stream of the event store. */
    private record Stream(String type, String identifier) {}

    private List<DomainEventMessage<?>> encode(List<Draft> drafts, Map<Stream, Long> firstVersions) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        Map<Stream, Long> nextVersions = new HashMap<>();
        for (Draft draft : drafts) {
            Stream stream = new Stream(codec.type(draft), codec.stream(draft));
            long version = nextVersions.computeIfAbsent(stream, s -> firstVersion(draft, s));
            firstVersions.putIfAbsent(stream, version);
            nextVersions.put(stream, version + 1);
            messages.add(codec.encode(draft, version));
        }
        return messages;
    }

    /** That of an effect is read only now, as the lock on the trigger is ours alone. */
    private long firstVersion(Draft draft, Stream stream) {
        return draft.change()
                .fold(
                        action -> requireNonNull(aggregateVersions.get(action.aggregate())),
                        effect -> index.nextVersion(stream.type(), stream.identifier()));
    }

    /**
     * Those of the messages that have numbers, which only ours have, in the order of their append, which is that of the
     * drafts. Event handlers in our unit of work may have had others appended.
     */
    private List<Event> recorded(AppendedMessages appended, Map<String, Long> numbers) {
        List<Event> events = new ArrayList<>();
        for (EventMessage<?> message : appended.all()) {
            Long number = numbers.get(message.getIdentifier());
            if (number != null && message instanceof DomainEventMessage<?> domainEvent) {
                codec.decode(domainEvent, number).ifPresent(events::add);
            }
        }
        return events;
    }

    /** Whether the failure says that a concurrent transaction was its cause, however it was wrapped on its way. */
    private boolean tellsOfRace(RuntimeException failure) {
        return ExceptionUtils.findException(
                                failure,
                                cause -> cause instanceof AxonTransientException
                                        || cause instanceof ConcurrentAppendException)
                        .isPresent()
                || index.isConcurrentChange(failure);
    }

    /** Engines name a duplicate key in different ways, or not at all; so look whether somebody took what we wanted. */
    private boolean versionsAreTaken(Map<Stream, Long> firstVersions) {
        return firstVersions.entrySet().stream()
                .anyMatch(first ->
                        index.nextVersion(first.getKey().type(), first.getKey().identifier()) != first.getValue());
    }
}
