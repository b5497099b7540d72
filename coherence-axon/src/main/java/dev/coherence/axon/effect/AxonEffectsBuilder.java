package dev.coherence.axon.effect;

import static java.util.Objects.requireNonNull;

import dev.coherence.CoherenceSettings;
import dev.coherence.axon.index.EventIndex;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.scheduling.EventScheduler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Builds {@link AxonEffects}. Not thread-safe. */
public final class AxonEffectsBuilder {

    private @Nullable EventStore eventStore;
    private @Nullable TransactionManager transactions;
    private @Nullable EventIndex index;
    private @Nullable CoherenceSettings settings;
    private Supplier<Optional<EventScheduler>> scheduler = Optional::empty;
    private BooleanSupplier callersTransaction = () -> false;
    private Supplier<Optional<Set<String>>> groups = Optional::empty;

    AxonEffectsBuilder() {}

    /** The store that effects are published through, with the guard on it. */
    public AxonEffectsBuilder eventStore(EventStore store) {
        this.eventStore = requireNonNull(store, "eventStore");
        return this;
    }

    /** Starts the transaction of a call outside of a unit of work, in which the store and the index take part. */
    public AxonEffectsBuilder transactionManager(TransactionManager manager) {
        this.transactions = requireNonNull(manager, "transactionManager");
        return this;
    }

    /** The index for the storage engine of the store. */
    public AxonEffectsBuilder index(EventIndex eventIndex) {
        this.index = requireNonNull(eventIndex, "index");
        return this;
    }

    /** Source and clock of effects that are fired in a transaction of their own. */
    public AxonEffectsBuilder settings(CoherenceSettings values) {
        this.settings = requireNonNull(values, "settings");
        return this;
    }

    /** Asked for Axon's scheduler whenever one is needed. By default there is none. */
    public AxonEffectsBuilder scheduler(Supplier<Optional<EventScheduler>> supplier) {
        this.scheduler = requireNonNull(supplier, "scheduler");
        return this;
    }

    /**
     * Whether the thread is in a transaction that belongs to no unit of work, and that what the transaction manager starts
     * becomes part of. By default never.
     */
    public AxonEffectsBuilder callersTransaction(BooleanSupplier isActive) {
        this.callersTransaction = requireNonNull(isActive, "callersTransaction");
        return this;
    }

    /**
     * Asked, whenever a replay to named processing groups is requested, which groups of this node take part in replays. A name
     * that is not among them is logged as a warning. By default nothing is known of them, and nothing is logged.
     */
    public AxonEffectsBuilder groups(Supplier<Set<String>> supplier) {
        requireNonNull(supplier, "groups");
        this.groups = () -> Optional.of(supplier.get());
        return this;
    }

    /**
     * Builds the effects, and subscribes them to the event store.
     *
     * @throws NullPointerException if something is missing
     */
    public AxonEffects build() {
        return new AxonEffects(this);
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

    CoherenceSettings settings() {
        return requireNonNull(settings, "settings");
    }

    Supplier<Optional<EventScheduler>> scheduler() {
        return scheduler;
    }

    BooleanSupplier callersTransaction() {
        return callersTransaction;
    }

    Supplier<Optional<Set<String>>> groups() {
        return groups;
    }
}
