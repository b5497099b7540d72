package dev.coherence.spring.boot;

import dev.coherence.log.EventLog;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Applications with Spring's transactions. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(PlatformTransactionManager.class)
@ConditionalOnMissingBean(EventLog.class)
class TransactionsConfiguration {

    @Bean
    OwnTransactions coherenceTransactions(TransactionManager axon) {
        return OwnTransactions.like(axon);
    }
}
