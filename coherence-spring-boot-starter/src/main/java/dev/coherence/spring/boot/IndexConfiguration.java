package dev.coherence.spring.boot;

import dev.coherence.axon.configuration.ConfiguredAggregates;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.jdbc.IndexTables;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.AnnotatedKinds;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.EventLog;
import dev.coherence.spring.boot.store.EventIndexFactory;
import dev.coherence.spring.boot.store.InMemoryEventIndexFactory;
import dev.coherence.spring.boot.store.IndexBuilder;
import dev.coherence.spring.boot.store.IndexParts;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

/**
 * The index over Axon's event store, which both the log and the guard work on. Comes before those who make one of its
 * factories or work on it.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(IndexConfiguration.OfUse.class)
class IndexConfiguration {

    /** An application with a log of its own may do without an event store; then there is nothing to look at. */
    static class OfUse extends AnyNestedCondition {

        OfUse() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnMissingBean(EventLog.class)
        static class ForOurLog {}

        @ConditionalOnBean(EventStore.class)
        static class ForTheGuard {}

        @ConditionalOnBean(EventIndex.class)
        static class AsTheApplicationHasOne {}
    }

    @Bean
    UsableEventStore coherenceEventStore(
            ObjectProvider<EventStore> stores, ObjectProvider<EventStorageEngine> engines) {
        return new UsableEventStore(stores, engines);
    }

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
    @ConditionalOnMissingBean(EventIndex.class)
    IndexParts coherenceIndexParts(
            CoherenceProperties properties,
            TransactionManager transactions,
            @Qualifier("eventSerializer") Serializer serializer,
            org.axonframework.config.Configuration axon,
            StreamNames names,
            EventDescriptors descriptors,
            IndexTables tables) {
        return new IndexParts(
                transactions,
                serializer,
                axon.upcasterChain(),
                names,
                descriptors,
                tables,
                properties.gapTimeout(),
                properties.schema().initialize());
    }

    @Bean
    @Order(30)
    InMemoryEventIndexFactory inMemoryEventIndexFactory(StreamNames names, EventDescriptors descriptors) {
        return new InMemoryEventIndexFactory(names, descriptors);
    }

    /**
     * After Flyway, Liquibase and scripts, which may create the tables. Never lazy: what is wrong is told at the start, and
     * tables are not created within somebody's transaction.
     */
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    EventIndex coherenceEventIndex(UsableEventStore eventStore, ObjectProvider<EventIndexFactory> factories) {
        return eventStore.index(factories);
    }

    /** Never lazy, or nobody would start it. */
    @Bean
    @Lazy(false)
    IndexBuilder coherenceIndexBuilder(EventIndex index, CoherenceProperties properties) {
        return new IndexBuilder(index::maintenance, properties.index().build());
    }
}
