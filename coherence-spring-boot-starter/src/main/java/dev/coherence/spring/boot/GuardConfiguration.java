package dev.coherence.spring.boot;

import dev.coherence.CoherenceSettings;
import dev.coherence.axon.AxonEventLog;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.axon.configuration.ConfiguredAggregates;
import dev.coherence.axon.configuration.GuardInstallation;
import dev.coherence.axon.conflict.ResolutionLog;
import dev.coherence.axon.guard.Guarded;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.EventLog;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.lifecycle.Phase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The guard over the commands of annotated aggregates. It needs links, which are recorded by the log that this starter
 * makes; an application with a log of its own has no guard.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(AxonEventLog.class)
class GuardConfiguration {

    /** Who sends a command is known where Spring Security is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SecurityContextHolder.class)
    static class SecurityConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ActorProvider coherenceActors() {
            return new SecurityContextActors();
        }
    }

    /** Installed when Axon starts, after all interceptors of the application and before any command is handled. */
    @Bean
    ConfigurerModule coherenceGuard(
            ObjectProvider<EventStore> stores,
            ObjectProvider<EventIndex> index,
            ObjectProvider<EventLog> log,
            ConfiguredAggregates aggregates,
            EventDescriptors descriptors,
            CoherenceSettings settings,
            ObjectProvider<ActorProvider> actors) {
        return configurer -> configurer.onInitialize(axon -> axon.onStart(Phase.EXTERNAL_CONNECTIONS, () -> {
            log.getObject(); // records links from now on
            Guarded guarded = new Guarded(stores.getObject(), index.getObject(), descriptors, aggregates, settings);
            var installed =
                    GuardInstallation.install(axon, aggregates, guarded, actors.getIfAvailable(ActorProvider::none));
            axon.onShutdown(Phase.EXTERNAL_CONNECTIONS, installed::cancel);
        }));
    }

    @Bean
    @ConditionalOnMissingBean
    ResolutionLog coherenceResolutionLog(ObjectProvider<EventStore> stores, StreamNames names) {
        return new ResolutionLog(stores.getObject(), names);
    }
}
