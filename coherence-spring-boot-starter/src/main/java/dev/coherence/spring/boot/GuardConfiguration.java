package dev.coherence.spring.boot;

import dev.coherence.CoherenceSettings;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.axon.configuration.ConfiguredAggregates;
import dev.coherence.axon.configuration.GuardInstallation;
import dev.coherence.axon.conflict.ResolutionLog;
import dev.coherence.axon.guard.Guarded;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.payload.EventDescriptors;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.lifecycle.Phase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;

/** The guard over the commands of annotated aggregates. It works on an index, whoever made that, and whoever made the log. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(EventIndex.class)
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
            UsableEventStore eventStore,
            ObjectProvider<EventIndex> index,
            ConfiguredAggregates aggregates,
            EventDescriptors descriptors,
            CoherenceSettings settings,
            ObjectProvider<ActorProvider> actors) {
        return configurer -> configurer.onInitialize(axon -> axon.onStart(Phase.EXTERNAL_CONNECTIONS, () -> {
            Guarded guarded = new Guarded(eventStore.store(), index.getObject(), descriptors, aggregates, settings);
            var installed =
                    GuardInstallation.install(axon, aggregates, guarded, actors.getIfAvailable(ActorProvider::none));
            axon.onShutdown(Phase.EXTERNAL_CONNECTIONS, installed::cancel);
        }));
    }

    @Bean
    @ConditionalOnMissingBean
    ResolutionLog coherenceResolutionLog(UsableEventStore eventStore, EventIndex index) {
        return new ResolutionLog(eventStore.store(), index);
    }
}
