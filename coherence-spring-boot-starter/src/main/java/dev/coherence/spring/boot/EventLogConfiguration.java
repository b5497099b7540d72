package dev.coherence.spring.boot;

import dev.coherence.axon.AxonEventLog;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.log.EventLog;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log over Axon's event store, unless the application has a log of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(EventLog.class)
class EventLogConfiguration {

    @Bean
    AxonEventLog coherenceEventLog(
            UsableEventStore eventStore,
            TransactionManager transactions,
            ObjectProvider<OwnTransactions> ownTransactions,
            EventIndex index) {
        OwnTransactions own = ownTransactions.getIfAvailable(() -> new OwnTransactions(transactions));
        return AxonEventLog.builder()
                .eventStore(eventStore.store())
                .transactionManager(own.manager())
                .index(index)
                .build();
    }
}
