package dev.coherence.axon;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.CommitResult;
import dev.coherence.log.Draft;
import dev.coherence.log.EventLog;
import dev.coherence.log.Scope;
import dev.coherence.revision.Revision;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** One transaction of an {@link AxonEventLog}, bound to the thread that began it. */
final class AxonTransaction implements EventLog.Transaction {

    private final OwnUnitOfWork unitOfWork;
    private final Scope scope;
    private final EventIndex index;
    private final StreamNames names;
    private final DraftAppender appender;
    private final Map<Identity, Long> nextVersions;

    private AxonTransaction(
            OwnUnitOfWork unitOfWork,
            Scope scope,
            EventStore eventStore,
            EventIndex index,
            StreamNames names,
            EventCodec codec) {
        this.unitOfWork = unitOfWork;
        this.scope = scope;
        this.index = index;
        this.names = names;
        this.nextVersions = nextVersions(scope, index, names);
        this.appender = new DraftAppender(unitOfWork, eventStore, index, codec, nextVersions);
    }

    static AxonTransaction begin(
            Scope scope,
            EventStore eventStore,
            TransactionManager transactions,
            EventIndex index,
            StreamNames names,
            EventCodec codec) {
        OwnUnitOfWork unitOfWork = OwnUnitOfWork.start(transactions, scope);
        try {
            lock(scope, index);
            return new AxonTransaction(unitOfWork, scope, eventStore, index, names, codec);
        } catch (RuntimeException | Error e) {
            unitOfWork.rollback();
            throw e;
        }
    }

    /**
     * The versions are read before anything is checked, and appended with as they were then: an action that somebody
     * commits after this moment takes the version that we go for, so that ours is refused, whether or not a later query
     * of this transaction has seen it.
     */
    private static Map<Identity, Long> nextVersions(Scope scope, EventIndex index, StreamNames names) {
        Map<Identity, Long> versions = new HashMap<>();
        for (Identity aggregate : scope.aggregates()) {
            versions.put(aggregate, index.nextVersion(aggregate.kind(), names.ofAggregate(aggregate)));
        }
        return versions;
    }

    /**
     * Locks the triggers of the scope and those that its aggregates are linked to. A link that another transaction
     * commits while we wait for a lock is found afterwards, and locked as well.
     */
    private static void lock(Scope scope, EventIndex index) {
        SortedMap<Identity, LockMode> wanted = new TreeMap<>();
        scope.aggregates().forEach(aggregate -> wanted.put(aggregate, LockMode.SHARED));
        scope.linked().forEach(trigger -> wanted.put(trigger, LockMode.SHARED));
        index.linkedTriggers(scope.aggregates()).forEach(trigger -> wanted.put(trigger, LockMode.SHARED));
        scope.fired().forEach(trigger -> wanted.put(trigger, LockMode.EXCLUSIVE));
        SortedSet<Identity> locked = new TreeSet<>();
        while (!wanted.isEmpty()) {
            index.lock(wanted);
            locked.addAll(wanted.keySet());
            wanted.clear();
            index.linkedTriggers(scope.aggregates()).stream()
                    .filter(trigger -> !locked.contains(trigger))
                    .forEach(trigger -> wanted.put(trigger, LockMode.SHARED));
        }
    }

    @Override
    public long nextSequenceNumber() {
        return whileOpen(() -> index.lastNumber() + 1);
    }

    @Override
    public long nextVersion(Identity aggregate) {
        return whileOpen(() -> {
            Long version = nextVersions.get(aggregate);
            return version != null ? version : index.nextVersion(aggregate.kind(), names.ofAggregate(aggregate));
        });
    }

    @Override
    public List<Event> unseen(Identity aggregate, Revision base) {
        return whileOpen(() -> index.unseen(aggregate, base));
    }

    @Override
    public SortedSet<Long> existing(Collection<Long> numbers) {
        return whileOpen(() -> index.existing(numbers));
    }

    @Override
    public Stream<RecordedAction> actions(Identity aggregate) {
        return whileOpen(() -> index.actions(aggregate));
    }

    @Override
    public CommitResult append(List<Draft> drafts) {
        unitOfWork.checkIsOpen();
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("drafts: must not be empty");
        }
        for (Draft draft : drafts) {
            if (!scope.covers(draft.change())) {
                throw new IllegalArgumentException("drafts: %s is outside of %s".formatted(draft.change(), scope));
            }
        }
        return appender.append(drafts);
    }

    @Override
    public void close() {
        unitOfWork.rollback();
    }

    private <T> T whileOpen(Supplier<T> call) {
        unitOfWork.checkIsOpen();
        return AxonEventLog.translating(call);
    }
}
