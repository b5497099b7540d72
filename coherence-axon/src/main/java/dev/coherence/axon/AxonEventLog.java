package dev.coherence.axon;

import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.ConcurrentAppendException;
import dev.coherence.log.EventLog;
import dev.coherence.log.ReadQuery;
import dev.coherence.log.Reading;
import dev.coherence.log.Scope;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.util.List;
import org.axonframework.common.Registration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Stores actions and effects as domain events in an Axon {@link EventStore}: an action in the stream of its aggregate, an
 * effect in a stream of its trigger. They are published like any other event, in a unit of work with a transaction, so
 * that dispatch interceptors, serializers, upcasters and event processors treat them as their own kind.
 *
 * <p>From begin to append, a transaction does this:
 *
 * <ol>
 *   <li>It starts a unit of work and a database transaction on the calling thread.
 *   <li>It locks the triggers that matter: of its actions shared, of its effects exclusively. Who holds one of them
 *       first is committed before we look.
 *   <li>It reads the versions of its aggregates, and after that answers what is unseen.
 *   <li>It publishes the drafts with these versions. The store's unique key refuses them if
 *       someone else took these versions since.
 *   <li>The index stores links and effects in the same transaction, and reads the sequence numbers back.
 *   <li>It commits.
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class AxonEventLog implements EventLog, AutoCloseable {

    /** Keeps a revision short enough for an HTTP header. */
    private static final int MAX_RANGES = 64;

    private final EventStore eventStore;
    private final TransactionManager transactions;
    private final EventIndex index;
    private final StreamNames names;
    private final EventCodec codec;
    private final Registration recording;

    AxonEventLog(AxonEventLogBuilder builder) {
        this.eventStore = builder.eventStore();
        this.transactions = builder.transactions();
        this.index = builder.index();
        this.names = index.streamNames();
        this.codec = new EventCodec(names);
        this.recording = eventStore.subscribe(this::record);
    }

    /** Returns a builder; event store, transaction manager and index have to be given. */
    public static AxonEventLogBuilder builder() {
        return new AxonEventLogBuilder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException inside an active unit of work, whose transaction ends too late to return numbers
     * @throws InvalidInputException if an aggregate is of a kind that an annotated class declares, since such an aggregate
     *     is changed by commands; or of kind {@value StreamNames#EFFECT_TYPE}
     */
    @Override
    public Transaction begin(Scope scope) {
        if (CurrentUnitOfWork.isStarted()) {
            throw new IllegalStateException(
                    "A rebase needs a transaction of its own, but a unit of work is active: call it"
                            + " outside of message handlers, or let the aggregate apply the event");
        }
        scope.aggregates().forEach(this::checkIsPlain);
        return AxonTransaction.begin(scope, eventStore, transactions, index, codec);
    }

    @Override
    public Revision head() {
        return index.head();
    }

    @Override
    public long nextVersion(Identity aggregate) {
        return index.nextVersion(aggregate.kind(), names.ofAggregate(aggregate));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Every event that an annotated aggregate applied is an action on it; one whose class says nothing of what it
     * changes, or cannot be read, {@linkplain dev.coherence.action.Patch#everything() touches everything}.
     */
    @Override
    public List<Event> unseen(Identity aggregate, Revision base) {
        return index.unseen(aggregate, base);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where very many positions may still be filled, the reading ends before the first that its revision cannot list;
     * later readings go on from there.
     */
    @Override
    public Reading read(ReadQuery query) {
        Revision upTo = index.head().cutAfter(MAX_RANGES);
        return new Reading(upTo, index.read(query, upTo));
    }

    @Override
    public Reading history(Identity aggregate) {
        return new Reading(index.head().coarsened(MAX_RANGES), index.actions(aggregate));
    }

    /** Stops recording links; the log cannot be appended to soundly after that. */
    @Override
    public void close() {
        recording.cancel();
    }

    /** Whoever appends, a command or a rebase, finds out about a lost race in the way that Axon's own engines tell it. */
    private void record(List<? extends EventMessage<?>> appended) {
        try {
            index.record(appended);
        } catch (ConcurrentAppendException e) {
            throw new ConcurrencyException(
                    "Links or effects were stored by a concurrent transaction, too; try again", e);
        }
        AppendedMessages.add(appended);
    }

    private void checkIsPlain(Identity aggregate) {
        if (aggregate.kind().equals(StreamNames.EFFECT_TYPE)) {
            throw new InvalidInputException(
                    "aggregate.kind",
                    "%s is what effects are stored under: choose another kind".formatted(aggregate.kind()));
        }
        if (names.isAnnotatedType(aggregate.kind())) {
            throw new InvalidInputException(
                    "aggregate.kind",
                    "%s is declared by an annotated aggregate, which checks its own changes: send it a command instead"
                            .formatted(aggregate.kind()));
        }
    }
}
