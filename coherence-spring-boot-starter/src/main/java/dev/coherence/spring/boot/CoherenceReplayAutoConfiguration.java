package dev.coherence.spring.boot;

import dev.coherence.axon.processor.ReplayGroups;
import dev.coherence.axon.processor.ReplayGroups.NamedGroup;
import dev.coherence.axon.processor.ReplayListener;
import dev.coherence.axon.processor.ReplayingEventProcessingModule;
import dev.coherence.axon.processor.Replays;
import dev.coherence.axon.replay.ReplaySettings;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingModule;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Axon's configuration of event processors, with replays. It comes before Axon's own, which gives way to it, as it gives way
 * to one of the application. Turned off with {@code axon.coherence.enabled=false}.
 */
@AutoConfiguration(beforeName = "org.axonframework.springboot.autoconfig.EventProcessingAutoConfiguration")
@ConditionalOnClass(EventProcessingModule.class)
@ConditionalOnProperty(prefix = "axon.coherence", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(CoherenceProperties.class)
public final class CoherenceReplayAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean({EventProcessingModule.class, EventProcessingConfiguration.class})
    ReplayingEventProcessingModule eventProcessingModule(CoherenceProperties properties) {
        CoherenceProperties.Replay replay = properties.replay();
        Map<String, NamedGroup> named = new HashMap<>();
        replay.groups()
                .forEach((name, group) -> named.put(name, new NamedGroup(group.enabled(), group.withoutReset())));
        return new ReplayingEventProcessingModule(
                new ReplayGroups(named, new ReplaySettings(replay.share(), replay.aggregatesAtOnce())));
    }

    @Bean
    @ConditionalOnBean(ReplayingEventProcessingModule.class)
    @ConditionalOnMissingBean
    Replays replays(ReplayingEventProcessingModule processing) {
        return processing.replays();
    }

    /** Registers the listeners after all beans were made, as they may use whatever uses the event processors. */
    @Bean
    @ConditionalOnBean(ReplayingEventProcessingModule.class)
    SmartInitializingSingleton replayListenerRegistration(
            ReplayingEventProcessingModule processing, ObjectProvider<ReplayListener> listeners) {
        return () -> listeners.orderedStream().forEach(processing.replays()::listen);
    }
}
