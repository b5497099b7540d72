package dev.coherence.axon.configuration;

import dev.coherence.axon.UnusableConfigurationException;
import dev.coherence.axon.command.ActorInterceptor;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.axon.guard.CommandInterceptor;
import dev.coherence.axon.guard.ConflictGuard;
import dev.coherence.axon.guard.Guarded;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;

/**
 * Puts the guard into a configuration that is about to start: on the command bus where commands are sent and where they are
 * handled, and on the event store, where links and effects are recorded as well, whether or not an event log does it.
 */
public final class GuardInstallation {

    private GuardInstallation() {}

    /**
     * Checks the configuration and installs the guard.
     *
     * @return takes the guard out again
     * @throws UnusableConfigurationException if coherence could not keep its promises in this configuration
     */
    public static Registration install(
            Configuration configuration, ConfiguredAggregates aggregates, Guarded guarded, ActorProvider actors) {
        CommandBus commandBus = configuration.commandBus();
        StartCheck.run(
                configuration,
                aggregates,
                configuration.getComponent(TransactionManager.class, NoTransactionManager::instance),
                guarded);
        List<Registration> registrations = List.of(
                commandBus.registerDispatchInterceptor(new ActorInterceptor(actors)),
                commandBus.registerHandlerInterceptor(new CommandInterceptor(guarded)),
                new ConflictGuard(guarded).register(),
                guarded.eventStore().subscribe(guarded.index()::record));
        return () -> registrations.stream().map(Registration::cancel).reduce(true, Boolean::logicalAnd);
    }
}
