package dev.coherence.axon;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.log.CommitResult;
import dev.coherence.log.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.common.AxonTransientException;
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
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        try {
            encode(drafts, firstVersions, messages);
            return publish(messages);
        } catch (RuntimeException e) {
            unitOfWork.rollback();
            return afterFailure(e, messages, firstVersions);
        }
    }

    private CommitResult publish(List<DomainEventMessage<?>> messages) {
        Map<String, Long> numbers = new HashMap<>();
        eventStore.publish(messages);
        unitOfWork.afterAppend(() -> numbers.putAll(numbersOf(messages)));
        unitOfWork.commit();
        return new CommitResult.Committed(recorded(messages, numbers));
    }

    private Map<String, Long> numbersOf(List<DomainEventMessage<?>> messages) {
        Map<String, Long> numbers = index.numbers(identifiers(messages));
        if (numbers.size() != messages.size()) {
            throw new IllegalStateException(
                    "Events were appended but are not found again: the index has to be set up for"
                            + " the database and the table that the storage engine of the event store uses");
        }
        return numbers;
    }

    /** A commit may fail on the way back, when the database has done it already: then what is stored is the truth. */
    private CommitResult afterFailure(
            RuntimeException failure, List<DomainEventMessage<?>> messages, Map<Stream, Long> firstVersions) {
        try {
            Map<String, Long> numbers = index.numbers(identifiers(messages));
            if (!messages.isEmpty() && numbers.size() == messages.size()) {
                return new CommitResult.Committed(recorded(messages, numbers));
            }
            if (wasRace(failure, firstVersions)) {
                return new CommitResult.Lost("a concurrent append to the same aggregate or trigger won");
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }

    /** One stream of the event store. */
    private record Stream(String type, String identifier) {}

    private void encode(List<Draft> drafts, Map<Stream, Long> firstVersions, List<DomainEventMessage<?>> messages) {
        Map<Stream, Long> nextVersions = new HashMap<>();
        for (Draft draft : drafts) {
            Stream stream = new Stream(codec.type(draft), codec.stream(draft));
            long version = nextVersions.computeIfAbsent(stream, s -> firstVersion(draft, s));
            firstVersions.putIfAbsent(stream, version);
            nextVersions.put(stream, version + 1);
            messages.add(codec.encode(draft, version));
        }
    }

    /** That of an effect is read only now, as the lock on the trigger is ours alone. */
    private long firstVersion(Draft draft, Stream stream) {
        return draft.change()
                .fold(
                        action -> requireNonNull(aggregateVersions.get(action.aggregate())),
                        effect -> index.nextVersion(stream.type(), stream.identifier()));
    }

    private static List<String> identifiers(List<DomainEventMessage<?>> messages) {
        return messages.stream().map(EventMessage::getIdentifier).toList();
    }

    private List<Event> recorded(List<DomainEventMessage<?>> messages, Map<String, Long> numbers) {
        return messages.stream()
                .map(message -> codec.decode(message, requireNonNull(numbers.get(message.getIdentifier()))))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Whether a concurrent transaction was the cause. Engines name a duplicate key in different ways, or not at all; so
     * look whether somebody took the versions that we wanted.
     */
    private boolean wasRace(RuntimeException failure, Map<Stream, Long> firstVersions) {
        return failure instanceof AxonTransientException
                || index.isConcurrentChange(failure)
                || firstVersions.entrySet().stream()
                        .anyMatch(first -> index.nextVersion(
                                        first.getKey().type(), first.getKey().identifier())
                                != first.getValue());
    }
}
