package dev.coherence.axon.guard;

import static java.util.Objects.requireNonNull;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.axon.configuration.ConfiguredAggregates;
import dev.coherence.axon.configuration.GuardInstallation;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.AnnotatedKinds;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.Registration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;

/** An Axon application with the guard, over one of the stores that tests run on. */
public final class GuardedApplication implements AutoCloseable {

    public final TestStore store;
    public final Configuration axon;
    public final Coherence coherence;
    public final CommandGateway commands;
    private final Supplier<Registration> installation;
    private final boolean ownsStore;
    private Registration guard;

    private GuardedApplication(
            TestStore store, Configuration axon, Supplier<Registration> installation, boolean ownsStore) {
        this.store = store;
        this.axon = axon;
        this.installation = installation;
        this.guard = installation.get();
        this.ownsStore = ownsStore;
        this.coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
        this.commands = axon.commandGateway();
    }

    /** Starts an application that the consumer configures, over a store of its own. */
    public static GuardedApplication start(TestStore.Engine engine, Consumer<Configurer> configuring) {
        return start(
                aggregates -> engine.open(new StreamNames((AnnotatedKinds) aggregates)),
                true,
                CoherenceSettings.withSource("test"),
                ActorProvider.none(),
                configuring);
    }

    /** Starts an application over a store that others use before and after it. */
    static GuardedApplication start(SuiteStore on, CoherenceSettings settings, Consumer<Configurer> configuring) {
        return start(on::of, false, settings, ActorProvider.none(), configuring);
    }

    private static GuardedApplication start(
            Function<ConfiguredAggregates, TestStore> opening,
            boolean ownsStore,
            CoherenceSettings settings,
            ActorProvider actors,
            Consumer<Configurer> configuring) {
        AtomicReference<Configuration> axon = new AtomicReference<>();
        ConfiguredAggregates aggregates = new ConfiguredAggregates(() -> requireNonNull(axon.get()));
        TestStore store = opening.apply(aggregates);
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .registerComponent(TransactionManager.class, config -> store.transactions)
                .configureEventStore(config -> store.eventStore);
        configuring.accept(configurer);
        axon.set(configurer.buildConfiguration());
        Guarded guarded = new Guarded(store.eventStore, store.index, new EventDescriptors(), aggregates, settings);
        GuardedApplication application = new GuardedApplication(
                store, axon.get(), () -> GuardInstallation.install(axon.get(), aggregates, guarded, actors), ownsStore);
        axon.get().start();
        return application;
    }

    /** Does something as plain Axon does it; links are written nevertheless. */
    void withoutGuard(Runnable work) {
        guard.cancel();
        try {
            work.run();
        } finally {
            guard = installation.get();
        }
    }

    /** Sends a command with metadata and waits for its result. */
    Object send(Object command, MetaData metaData) {
        return commands.sendAndWait(new GenericCommandMessage<>(command, metaData));
    }

    /** Fires an effect from outside, and returns its number. */
    long fire(Identity trigger) {
        RebaseResult result = coherence
                .rebase(Revision.at(0))
                .effect(e -> e.reason("fired").trigger(trigger))
                .execute();
        return ((RebaseResult.Accepted) result).events().get(0).sequenceNumber();
    }

    /** What a reader has seen who reads now. */
    Revision head() {
        return store.index.head();
    }

    EventStore events() {
        return store.eventStore;
    }

    @Override
    public void close() {
        guard.cancel();
        axon.shutdown();
        if (ownsStore) {
            store.close();
        }
    }
}
