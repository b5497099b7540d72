package dev.coherence.spring.boot;

import dev.coherence.axon.AxonEventLog;
import dev.coherence.axon.configuration.ConfiguredAggregates;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.jdbc.IndexTables;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.AnnotatedKinds;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.EventLog;
import dev.coherence.spring.boot.store.EventIndexFactory;
import dev.coherence.spring.boot.store.InMemoryEventIndexFactory;
import dev.coherence.spring.boot.store.IndexParts;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

/** The log over Axon's event store, unless the application has a log of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(EventLog.class)
class EventLogConfiguration {

    @Bean
    ConfiguredAggregates coherenceAggregates(ObjectProvider<org.axonframework.config.Configuration> axon) {
        return new ConfiguredAggregates(axon::getObject);
    }

    @Bean
    @ConditionalOnMissingBean
    StreamNames coherenceStreamNames(ConfiguredAggregates aggregates) {
        return new StreamNames((AnnotatedKinds) aggregates);
    }

    @Bean
    @ConditionalOnMissingBean
    EventDescriptors coherenceEventDescriptors() {
        return new EventDescriptors();
    }

    @Bean
    @ConditionalOnMissingBean
    IndexTables coherenceIndexTables() {
        return IndexTables.standard();
    }

    @Bean
    IndexParts coherenceIndexParts(
            CoherenceProperties properties,
            TransactionManager transactions,
            @Qualifier("eventSerializer") Serializer serializer,
            org.axonframework.config.Configuration axon,
            StreamNames names,
            IndexTables tables) {
        return new IndexParts(
                transactions,
                serializer,
                axon.upcasterChain(),
                names,
                tables,
                properties.gapTimeout(),
                properties.schema().initialize());
    }

    @Bean
    @Order(30)
    InMemoryEventIndexFactory inMemoryEventIndexFactory(StreamNames names) {
        return new InMemoryEventIndexFactory(names);
    }

    /**
     * After Flyway, Liquibase and scripts, which may create the tables. Never lazy: what is wrong is told at the start, and
     * tables are not created within somebody's transaction.
     */
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    EventIndex coherenceEventIndex(
            ObjectProvider<EventStore> stores,
            ObjectProvider<EventStorageEngine> engines,
            ObjectProvider<EventIndexFactory> factories) {
        return new UsableEventStore(stores, engines).index(factories);
    }

    @Bean
    AxonEventLog coherenceEventLog(
            ObjectProvider<EventStore> stores,
            ObjectProvider<EventStorageEngine> engines,
            TransactionManager transactions,
            ObjectProvider<OwnTransactions> ownTransactions,
            EventIndex index) {
        OwnTransactions own = ownTransactions.getIfAvailable(() -> new OwnTransactions(transactions));
        return AxonEventLog.builder()
                .eventStore(new UsableEventStore(stores, engines).store())
                .transactionManager(own.manager())
                .index(index)
                .build();
    }
}
