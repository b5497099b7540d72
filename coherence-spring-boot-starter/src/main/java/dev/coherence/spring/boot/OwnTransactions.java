package dev.coherence.spring.boot;

import java.util.List;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Starts transactions that belong to no caller. Axon's own transaction manager joins a transaction of Spring's that is
 * active on the thread; a rebase that did so could not tell at its end whether anything is stored.
 *
 * @param manager starts a new transaction each time, or refuses to
 */
record OwnTransactions(TransactionManager manager) {

    /**
     * Returns transactions like those of Axon, but new ones.
     *
     * @param axon Axon's transaction manager
     * @param spring all transaction managers of Spring
     */
    static OwnTransactions like(TransactionManager axon, List<PlatformTransactionManager> spring) {
        if (axon.getClass() == SpringTransactionManager.class && spring.size() == 1) {
            return new OwnTransactions(new SpringTransactionManager(
                    spring.get(0), new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW)));
        }
        return new OwnTransactions(() -> startOutsideOfSprings(axon));
    }

    /** Which of several managers of Spring Axon's delegates to is not to be seen, so that nothing can be suspended. */
    private static Transaction startOutsideOfSprings(TransactionManager axon) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A rebase needs a transaction of its own, but one is active on this thread:"
                    + " call it outside of @Transactional methods");
        }
        return axon.startTransaction();
    }
}
