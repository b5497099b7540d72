package dev.coherence.spring.boot;

import dev.coherence.CoherenceSettings;
import dev.coherence.axon.effect.AxonEffects;
import dev.coherence.axon.effect.Effects;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.processor.ReplayingEventProcessingModule;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.scheduling.EventScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Effects, unless the application has its own. They work on an index, whoever made that, and whoever made the log. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(EventIndex.class)
@ConditionalOnMissingBean(Effects.class)
class EffectsConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EffectsConfiguration.class);

    /** Tells whether the thread is in a transaction of the caller, which Axon's transaction manager takes part in. */
    record CallersTransaction(BooleanSupplier isActive) {}

    /** Applications with Spring's transactions. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionSynchronizationManager.class)
    static class SpringTransactionsConfiguration {

        @Bean
        CallersTransaction coherenceCallersTransaction() {
            return new CallersTransaction(SpringTransactionsConfiguration::isActive);
        }

        private static boolean isActive() {
            boolean active = TransactionSynchronizationManager.isActualTransactionActive();
            if (active && TransactionSynchronizationManager.isSynchronizationActive()) {
                TransactionSynchronizationManager.registerSynchronization(new TooLateCheck());
            }
            return active;
        }
    }

    /** While listeners to a commit run, Spring still counts the transaction as active; what is asked for then, may be lost. */
    private static final class TooLateCheck implements TransactionSynchronization {

        private boolean inTime;

        @Override
        public void beforeCompletion() {
            inTime = true;
        }

        @Override
        public void afterCompletion(int status) {
            if (!inTime) {
                LOG.error(
                        "An effect or a replay was requested within a transaction of Spring's that had ended already, as"
                                + " while a @TransactionalEventListener runs after the commit; whether it is stored is not certain."
                                + " Request it on another thread (@Async), or in a new transaction (REQUIRES_NEW).");
            }
        }
    }

    @Bean
    AxonEffects coherenceEffects(
            UsableEventStore eventStore,
            TransactionManager transactions,
            EventIndex index,
            CoherenceSettings settings,
            ObjectProvider<EventScheduler> schedulers,
            ObjectProvider<CallersTransaction> callersTransaction,
            ObjectProvider<ReplayingEventProcessingModule> processing) {
        return AxonEffects.builder()
                .eventStore(eventStore.store())
                .transactionManager(transactions)
                .index(index)
                .settings(settings)
                .scheduler(() -> Optional.ofNullable(schedulers.getIfAvailable()))
                .callersTransaction(callersTransaction
                        .getIfAvailable(() -> new CallersTransaction(() -> false))
                        .isActive())
                .groups(() -> processing.stream()
                        .flatMap(module -> module.replayingGroups().stream())
                        .collect(Collectors.toSet()))
                .build();
    }
}
