package dev.coherence.axon.jdbc;

import java.util.function.Supplier;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Does work in a unit of work and a transaction of its own, since some connection providers commit with the former only. */
final class OwnTransaction {

    private final TransactionManager transactions;

    OwnTransaction(TransactionManager transactions) {
        this.transactions = transactions;
    }

    /** Refuses a unit of work of the caller, which would hold all locks until it ends. */
    static void checkIsNone() {
        if (CurrentUnitOfWork.isStarted()) {
            throw new IllegalStateException(
                    "The link index is built and verified in transactions of its own, but a unit of work"
                            + " is active: call it from outside, and not from a message handler");
        }
    }

    <T> T run(Supplier<T> work) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("link index"));
        boolean[] ended = new boolean[1];
        try {
            Transaction transaction = transactions.startTransaction();
            unitOfWork.onCommit(u -> {
                ended[0] = true;
                transaction.commit();
            });
            unitOfWork.onRollback(u -> rollback(transaction, ended));
            try {
                T result = work.get();
                unitOfWork.commit();
                return result;
            } finally {
                rollback(transaction, ended); // an Error may pass through a unit of work and leave it open
            }
        } finally {
            if (unitOfWork.isActive()) {
                unitOfWork.rollback();
            }
        }
    }

    private static void rollback(Transaction transaction, boolean[] ended) {
        if (!ended[0]) {
            ended[0] = true;
            transaction.rollback();
        }
    }
}
