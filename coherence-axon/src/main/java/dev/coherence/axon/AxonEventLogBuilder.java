package dev.coherence.axon;

import static java.util.Objects.requireNonNull;

import dev.coherence.axon.index.EventIndex;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Builds an {@link AxonEventLog}. Not thread-safe. */
public final class AxonEventLogBuilder {

    private @Nullable EventStore eventStore;
    private @Nullable TransactionManager transactions;
    private @Nullable EventIndex index;

    AxonEventLogBuilder() {}

    /** The store that events are published through. */
    public AxonEventLogBuilder eventStore(EventStore store) {
        this.eventStore = requireNonNull(store, "eventStore");
        return this;
    }

    /**
     * Starts the transaction of each rebase, in which the store and the index take part. It must start a new one: within
     * a transaction of the caller, nobody could say at the end of the call whether anything is stored.
     */
    public AxonEventLogBuilder transactionManager(TransactionManager manager) {
        this.transactions = requireNonNull(manager, "transactionManager");
        return this;
    }

    /** The index for the storage engine of the store. */
    public AxonEventLogBuilder index(EventIndex eventIndex) {
        this.index = requireNonNull(eventIndex, "index");
        return this;
    }

    /**
     * Builds the log, and subscribes it to the event store.
     *
     * @throws NullPointerException if something is missing
     */
    public AxonEventLog build() {
        return new AxonEventLog(this);
    }

    EventStore eventStore() {
        return requireNonNull(eventStore, "eventStore");
    }

    TransactionManager transactions() {
        return requireNonNull(transactions, "transactionManager");
    }

    EventIndex index() {
        return requireNonNull(index, "index");
    }
}
