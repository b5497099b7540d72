package dev.coherence.spring.boot;

import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.spring.boot.store.IndexParts;
import dev.coherence.spring.boot.store.JdbcEventIndexFactory;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Applications that may store events with Axon's JDBC engine. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean({ConnectionProvider.class, IndexParts.class})
class JdbcConfiguration {

    /**
     * Names come from a bean with the table, else from Axon's schema, which its engine uses as well. Axon makes none where
     * the application has an engine of its own.
     */
    @Bean
    @Order(20)
    JdbcEventIndexFactory jdbcEventIndexFactory(
            IndexParts parts,
            ConnectionProvider connections,
            ObjectProvider<EventTable> table,
            ObjectProvider<EventSchema> schema) {
        EventSchema names = schema.getIfAvailable();
        EventTable events = names == null ? table.getIfAvailable() : table.getIfAvailable(() -> EventTable.of(names));
        return new JdbcEventIndexFactory(parts, connections, events);
    }
}
