package dev.coherence.axon;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.storage.EventCodec;
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
    private final DraftAppender appender;
    private final Map<Identity, Long> nextVersions;

    private AxonTransaction(
            OwnUnitOfWork unitOfWork,
            Scope scope,
            EventStore eventStore,
            EventIndex index,
            EventCodec codec,
            Map<Identity, Long> nextVersions) {
        this.unitOfWork = unitOfWork;
        this.scope = scope;
        this.index = index;
        this.nextVersions = nextVersions;
        this.appender = new DraftAppender(unitOfWork, eventStore, index, codec, nextVersions);
    }

    static AxonTransaction begin(
            Scope scope, EventStore eventStore, TransactionManager transactions, EventIndex index, EventCodec codec) {
        OwnUnitOfWork unitOfWork = OwnUnitOfWork.start(transactions, scope);
        try {
            return new AxonTransaction(unitOfWork, scope, eventStore, index, codec, secure(scope, index));
        } catch (RuntimeException | Error e) {
            unitOfWork.rollback();
            throw e;
        }
    }

    /**
     * Locks the triggers of the scope and those that its aggregates are linked to, and returns the versions that the
     * aggregates get next.
     *
     * <p>The versions are read before anything is checked, and appended with as they were then: an action that somebody
     * commits after this moment takes the version that we go for, so that ours is refused, whether or not a later query
     * of this transaction has seen it. And every action that these versions count must have its triggers locked; so links
     * are looked for again after the versions were read, and if there is a new one, all begins anew.
     */
    private static Map<Identity, Long> secure(Scope scope, EventIndex index) {
        SortedMap<Identity, LockMode> wanted = new TreeMap<>();
        scope.aggregates().forEach(aggregate -> wanted.put(aggregate, LockMode.SHARED));
        scope.linked().forEach(trigger -> wanted.put(trigger, LockMode.SHARED));
        index.linkedTriggers(scope.aggregates()).forEach(trigger -> wanted.put(trigger, LockMode.SHARED));
        scope.fired().forEach(trigger -> wanted.put(trigger, LockMode.EXCLUSIVE));
        SortedSet<Identity> locked = new TreeSet<>();
        Map<Identity, Long> versions = Map.of();
        while (!wanted.isEmpty()) {
            index.lock(wanted);
            locked.addAll(wanted.keySet());
            wanted.clear();
            versions = nextVersions(scope, index);
            index.linkedTriggers(scope.aggregates()).stream()
                    .filter(trigger -> !locked.contains(trigger))
                    .forEach(trigger -> wanted.put(trigger, LockMode.SHARED));
        }
        return versions;
    }

    private static Map<Identity, Long> nextVersions(Scope scope, EventIndex index) {
        Map<Identity, Long> versions = new HashMap<>();
        for (Identity aggregate : scope.aggregates()) {
            versions.put(aggregate, storedVersion(aggregate, index));
        }
        return versions;
    }

    private static long storedVersion(Identity aggregate, EventIndex index) {
        return index.nextVersion(aggregate.kind(), index.streamNames().ofAggregate(aggregate));
    }

    @Override
    public long nextSequenceNumber() {
        return whileOpen(() -> index.lastNumber() + 1);
    }

    @Override
    public long nextVersion(Identity aggregate) {
        return whileOpen(() -> {
            Long version = nextVersions.get(aggregate);
            return version != null ? version : storedVersion(aggregate, index);
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
        try {
            checkScope(drafts);
        } catch (IllegalArgumentException e) {
            unitOfWork.rollback();
            throw e;
        }
        return appender.append(drafts);
    }

    private void checkScope(List<Draft> drafts) {
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("drafts: must not be empty");
        }
        for (Draft draft : drafts) {
            if (!scope.covers(draft.change())) {
                throw new IllegalArgumentException("drafts: a change to %s with its triggers is outside of %s"
                        .formatted(draft.change().fold(Action::aggregate, Effect::trigger), scope));
            }
        }
    }

    @Override
    public void close() {
        unitOfWork.rollback();
    }

    private <T> T whileOpen(Supplier<T> call) {
        unitOfWork.checkIsOpen();
        return call.get();
    }
}
