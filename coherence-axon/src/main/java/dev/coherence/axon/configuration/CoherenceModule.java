package dev.coherence.axon.configuration;

import static java.util.Objects.requireNonNull;

import dev.coherence.Coherence;
import dev.coherence.axon.AxonEventLog;
import dev.coherence.axon.UnusableConfigurationException;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.axon.effect.AxonEffects;
import dev.coherence.axon.effect.Effects;
import dev.coherence.axon.guard.Guarded;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.processor.ReplayingEventProcessingModule;
import dev.coherence.axon.processor.Replays;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.axon.vault.CachedKeys;
import dev.coherence.log.EventLog;
import java.util.Optional;
import java.util.Set;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.scheduling.EventScheduler;
import org.axonframework.lifecycle.Phase;

/**
 * Adds coherence to an Axon configuration without Spring: the guard over commands, and components of type {@link Coherence},
 * {@link Effects}, {@link EventLog}, {@link EventIndex} and {@link StreamNames}; where replays are configured, also of {@link
 * Replays}.
 *
 * <pre>{@code
 * CoherenceModule.builder()
 *         .settings(CoherenceSettings.withSource("bookstore"))
 *         .index(config -> JdbcEventIndex.builder()
 *                 .connectionProvider(connections)
 *                 .transactionManager(config.getComponent(TransactionManager.class))
 *                 .serializer(config.eventSerializer())
 *                 .upcasters(config.upcasterChain())
 *                 .streamNames(config.getComponent(StreamNames.class))
 *                 .build())
 *         .build()
 *         .configureModule(configurer);
 * }</pre>
 *
 * <p>The guard stands from the start of the configuration to its shutdown. Where coherence could not keep its promises, the
 * start fails with an {@link UnusableConfigurationException}, as the cause of the exception with which Axon reports a failed
 * start. For one configurer.
 */
public final class CoherenceModule implements ConfigurerModule {

    private final CoherenceModuleBuilder parts;

    CoherenceModule(CoherenceModuleBuilder parts) {
        this.parts = parts;
    }

    /** Returns a builder; index and settings have to be given. */
    public static CoherenceModuleBuilder builder() {
        return new CoherenceModuleBuilder();
    }

    @Override
    public void configureModule(Configurer configurer) {
        parts.replays().ifPresent(groups -> {
            ReplayingEventProcessingModule processing = new ReplayingEventProcessingModule(groups);
            configurer.registerModule(processing).registerComponent(Replays.class, config -> processing.replays());
        });
        configurer
                .registerComponent(ConfiguredAggregates.class, config -> new ConfiguredAggregates(() -> config))
                .registerComponent(
                        StreamNames.class, config -> new StreamNames(config.getComponent(ConfiguredAggregates.class)))
                .registerComponent(EventDescriptors.class, config -> new EventDescriptors())
                .registerComponent(CachedKeys.class, config -> parts.keys())
                .registerComponent(EventIndex.class, parts.index())
                .registerComponent(ActorProvider.class, config -> parts.actors())
                .registerComponent(EventLog.class, CoherenceModule::log)
                .registerComponent(
                        Coherence.class,
                        config -> Coherence.over(config.getComponent(EventLog.class), parts.settings()))
                .registerComponent(Effects.class, this::effects)
                .onInitialize(config -> config.onStart(Phase.EXTERNAL_CONNECTIONS, () -> start(config)));
    }

    private static EventLog log(Configuration config) {
        return AxonEventLog.builder()
                .eventStore(config.eventStore())
                .transactionManager(transactions(config))
                .index(requireNonNull(config.getComponent(EventIndex.class)))
                .build();
    }

    private Effects effects(Configuration config) {
        return AxonEffects.builder()
                .eventStore(config.eventStore())
                .transactionManager(transactions(config))
                .index(requireNonNull(config.getComponent(EventIndex.class)))
                .settings(parts.settings())
                .scheduler(() -> scheduler(config))
                .groups(() -> replayingGroups(config))
                .build();
    }

    private static Set<String> replayingGroups(Configuration config) {
        return config.eventProcessingConfiguration() instanceof ReplayingEventProcessingModule processing
                ? processing.replayingGroups()
                : Set.of();
    }

    private static Optional<EventScheduler> scheduler(Configuration config) {
        return Optional.ofNullable(config.getComponent(EventScheduler.class, () -> null));
    }

    private static TransactionManager transactions(Configuration config) {
        return config.getComponent(TransactionManager.class, NoTransactionManager::instance);
    }

    private void start(Configuration config) {
        ConfiguredAggregates aggregates = config.getComponent(ConfiguredAggregates.class);
        Guarded guarded = new Guarded(
                config.eventStore(),
                config.getComponent(EventIndex.class),
                config.getComponent(EventDescriptors.class),
                aggregates,
                parts.settings());
        var guard = GuardInstallation.install(config, aggregates, guarded, config.getComponent(ActorProvider.class));
        config.onShutdown(Phase.EXTERNAL_CONNECTIONS, guard::cancel);
    }
}
