package dev.coherence.spring.boot;

import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.spring.boot.jpa.EventStoreUnitPostProcessor;
import dev.coherence.spring.boot.jpa.JpaEventIndexFactory;
import dev.coherence.spring.boot.store.IndexParts;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/** Applications that may store events with Axon's JPA engine and Hibernate. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({LocalContainerEntityManagerFactoryBean.class, HibernatePersistenceProvider.class})
class JpaConfiguration {

    private static final String ACCEPT = "axon.coherence.jpa.accept-unordered-sequence";

    /** Reads its property by itself, because post-processors come before all other beans. */
    @Bean
    static EventStoreUnitPostProcessor eventStoreUnitPostProcessor(Environment environment) {
        boolean accepts = Binder.get(environment).bind(ACCEPT, Boolean.class).orElse(false);
        return new EventStoreUnitPostProcessor(!accepts);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({EntityManagerFactory.class, IndexParts.class})
    static class IndexConfiguration {

        @Bean
        @Order(10)
        JpaEventIndexFactory jpaEventIndexFactory(
                IndexParts parts,
                ObjectProvider<EntityManagerFactory> entityManagers,
                ObjectProvider<DataSource> dataSource,
                ObjectProvider<EventTable> table,
                CoherenceProperties properties) {
            return new JpaEventIndexFactory(
                    parts,
                    entityManagers::getObject,
                    dataSource::getObject,
                    table.getIfAvailable(),
                    !properties.jpa().acceptUnorderedSequence());
        }
    }
}
