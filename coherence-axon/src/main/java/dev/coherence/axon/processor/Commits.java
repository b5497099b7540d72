package dev.coherence.axon.processor;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Work for the time after a commit. Axon's processors store tokens in units of work, and also in bare transactions, which
 * offer no such thing; so the transactions of a processor are decorated, none of which is inside another.
 */
final class Commits {

    private static final ThreadLocal<@Nullable List<Runnable>> OPEN = new ThreadLocal<>();

    private Commits() {}

    /** Decorates a transaction manager. The tracking processor asks whether it has the one without transactions. */
    static TransactionManager watched(TransactionManager axons) {
        return axons == NoTransactionManager.instance() ? axons : () -> start(axons);
    }

    private static Transaction start(TransactionManager axons) {
        Transaction transaction = axons.startTransaction();
        List<Runnable> work = new ArrayList<>();
        OPEN.set(work);
        return new Transaction() {
            @Override
            public void commit() {
                try {
                    transaction.commit();
                } finally {
                    OPEN.remove();
                }
                work.forEach(Runnable::run);
            }

            @Override
            public void rollback() {
                OPEN.remove();
                transaction.rollback();
            }
        };
    }

    /**
     * Does the work after the commit of the present transaction of a processor, or else of the present unit of work, and never
     * if that is rolled back; at once if there is none. The work must not throw.
     */
    static void after(Runnable work) {
        List<Runnable> waiting = OPEN.get();
        if (waiting != null) {
            waiting.add(work);
        } else if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> work.run());
        } else {
            work.run();
        }
    }
}
