package dev.coherence.spring.boot;

import dev.coherence.axon.jdbc.ConcurrentChangeResolver;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Comes after the auto-configurations of Spring Boot that make what Axon's look for, and before Axon's. So it orders them,
 * and can give Axon what it does not make itself.
 *
 * <p>Axon says the same order, but partly by the names that Spring Boot 3 had. On Spring Boot 4 its conditions would be
 * evaluated too early, so that an application with JDBC only has no event store, no transactions and no token store.
 *
 * <p>By name, because none of these classes is sure to be there. Harmless on Spring Boot 3.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration"
        },
        beforeName = {
            "org.axonframework.springboot.autoconfig.JpaAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.TransactionAutoConfiguration",
            "org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration",
            "org.axonframework.springboot.autoconfig.MicrometerMetricsAutoConfiguration"
        })
@ConditionalOnClass(PersistenceExceptionResolver.class)
public final class AxonOrderingAutoConfiguration {

    /** In the place of Axon's own, which takes a deadlock for final and misses duplicates in a batch on H2. */
    @Bean
    @ConditionalOnBean(DataSource.class)
    @ConditionalOnMissingBean
    @ConditionalOnProperty(prefix = "axon.coherence", name = "enabled", matchIfMissing = true)
    PersistenceExceptionResolver coherencePersistenceExceptionResolver() {
        return new ConcurrentChangeResolver();
    }
}
