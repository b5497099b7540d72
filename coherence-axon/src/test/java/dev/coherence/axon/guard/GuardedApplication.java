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
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.revision.Revision;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.messaging.MetaData;

/** An Axon application with the guard, over one of the stores that tests run on. */
public final class GuardedApplication implements AutoCloseable {

    public final TestStore store;
    public final Configuration axon;
    public final Coherence coherence;
    public final CommandGateway commands;

    private GuardedApplication(TestStore store, Configuration axon) {
        this.store = store;
        this.axon = axon;
        this.coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
        this.commands = axon.commandGateway();
    }

    /** Starts an application that the consumer configures. */
    public static GuardedApplication start(TestStore.Engine engine, Consumer<Configurer> configuring) {
        return start(engine, CoherenceSettings.withSource("test"), ActorProvider.none(), configuring);
    }

    static GuardedApplication start(
            TestStore.Engine engine,
            CoherenceSettings settings,
            ActorProvider actors,
            Consumer<Configurer> configuring) {
        AtomicReference<Configuration> axon = new AtomicReference<>();
        ConfiguredAggregates aggregates = new ConfiguredAggregates(() -> requireNonNull(axon.get()));
        TestStore store = engine.open(new StreamNames((dev.coherence.axon.storage.AnnotatedKinds) aggregates));
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .registerComponent(TransactionManager.class, config -> store.transactions)
                .configureEventStore(config -> store.eventStore);
        configuring.accept(configurer);
        axon.set(configurer.buildConfiguration());
        var unused = GuardInstallation.install(
                axon.get(),
                aggregates,
                new Guarded(store.eventStore, store.index, new EventDescriptors(), aggregates, settings),
                actors);
        axon.get().start();
        return new GuardedApplication(store, axon.get());
    }

    /** Sends a command with metadata and waits for its result. */
    Object send(Object command, MetaData metaData) {
        return commands.sendAndWait(new GenericCommandMessage<>(command, metaData));
    }

    /** Fires an effect from outside. */
    void fire(Identity trigger) {
        var unused = coherence
                .rebase(Revision.at(0))
                .effect(e -> e.reason("fired").trigger(trigger))
                .execute();
    }

    /** What a reader has seen who reads now. */
    Revision head() {
        return store.index.head();
    }

    @Override
    public void close() {
        axon.shutdown();
        store.close();
    }
}
