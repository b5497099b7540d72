package dev.coherence.spring.boot;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.log.EventLog;
import java.time.Clock;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Makes a {@link Coherence} over the event store of the application: its JDBC, JPA or in-memory storage engine, with an
 * index that fits; and guards the commands of annotated aggregates, whoever makes the log. Each bean gives way to one of
 * the application. Turned off with {@code axon.coherence.enabled=false}.
 */
@AutoConfiguration(
        after = AxonAutoConfiguration.class,
        afterName = {
            "org.axonframework.springboot.autoconfig.InfraConfiguration",
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration"
        })
@ConditionalOnClass({EventStore.class, Configuration.class, AxonAutoConfiguration.class})
@ConditionalOnProperty(prefix = "axon.coherence", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(CoherenceProperties.class)
@Import({
    TransactionsConfiguration.class,
    IndexConfiguration.class,
    JpaConfiguration.class,
    JdbcConfiguration.class,
    SerializerConfiguration.class,
    EventLogConfiguration.class,
    GuardConfiguration.class,
    EffectsConfiguration.class,
    UnguardedConfiguration.class
})
public final class CoherenceAutoConfiguration {

    /** What calls leave open: source and policy from the properties, and the clock of the application if it has one. */
    @Bean
    @ConditionalOnMissingBean
    CoherenceSettings coherenceSettings(
            CoherenceProperties properties, Environment environment, ObjectProvider<Clock> clock) {
        String source = properties.sourceOr(environment.getProperty("spring.application.name"));
        return CoherenceSettings.withSource(source)
                .withPolicy(properties.conflictPolicy())
                .withClock(clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnMissingBean
    Coherence coherence(EventLog eventLog, CoherenceSettings settings) {
        return Coherence.over(eventLog, settings);
    }
}
