package dev.coherence.spring.boot;

import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Starts transactions that belong to no caller. Axon's own transaction manager joins a transaction of Spring's that is
 * active on the thread; a rebase that did so could not tell at its end whether anything is stored. A second connection is
 * no way out: it may wait for a lock that the first one holds, on the same thread, hence for ever.
 *
 * @param manager starts a new transaction each time, or refuses to
 */
record OwnTransactions(TransactionManager manager) {

    /**
     * Returns transactions like those of Axon, but never part of another.
     *
     * @param axon Axon's transaction manager
     */
    static OwnTransactions like(TransactionManager axon) {
        return new OwnTransactions(() -> startOutsideOfSprings(axon));
    }

    private static Transaction startOutsideOfSprings(TransactionManager axon) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "A rebase needs a transaction of its own, but one of Spring's is active on this"
                            + " thread: call it outside of @Transactional methods, or send a command whose aggregate applies an"
                            + " @ActionEvent or @EffectEvent, which becomes part of the transaction");
        }
        return axon.startTransaction();
    }
}
