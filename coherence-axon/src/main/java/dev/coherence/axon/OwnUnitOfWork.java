package dev.coherence.axon;

import java.lang.invoke.MethodHandles;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A unit of work with a transaction that nobody else takes part in, on the present thread. The transaction ends with it,
 * also when Axon leaves it open: when an {@link Error} passes through the unit of work, or when Axon refuses to end the
 * unit because another one was left open on top of it. For one thread.
 */
public final class OwnUnitOfWork {

    private static final Logger logger =
            LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

    private final UnitOfWork<Message<?>> unitOfWork;
    private final Transaction transaction;
    private boolean ended;
    private boolean transactionEnded;
    private boolean triedToCommit;

    private OwnUnitOfWork(UnitOfWork<Message<?>> unitOfWork, Transaction transaction) {
        this.unitOfWork = unitOfWork;
        this.transaction = transaction;
    }

    /** Starts both. The payload stands for the message that the work is done for; interceptors may look at it. */
    public static OwnUnitOfWork start(TransactionManager transactions, Object payload) {
        UnitOfWork<Message<?>> unitOfWork = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage(payload));
        try {
            OwnUnitOfWork own = new OwnUnitOfWork(unitOfWork, transactions.startTransaction());
            unitOfWork.onCommit(u -> own.commitTransaction());
            unitOfWork.onRollback(u -> own.rollbackTransaction());
            return own;
        } catch (RuntimeException | Error e) {
            unitOfWork.rollback(e);
            throw e;
        }
    }

    /** Collects the messages that are appended from now on. */
    AppendedMessages collectAppended() {
        return AppendedMessages.collect(unitOfWork);
    }

    void checkIsOpen() {
        if (ended) {
            throw new IllegalStateException("The transaction has ended");
        }
    }

    /**
     * Registers work for the time after events were appended and before the transaction commits. The in-memory engine
     * appends in a handler that it registers while events are prepared; a handler registered still later comes after it.
     * (In the next phase Axon's JDBC connection provider no longer gives the connection of the transaction.)
     */
    public void afterAppend(Runnable work) {
        unitOfWork.onPrepareCommit(u -> u.onPrepareCommit(later -> work.run()));
    }

    /** Has what was published appended, and commits; or throws what made it fail, and nothing is open any more. */
    public void commit() {
        ended = true;
        try {
            unitOfWork.commit();
        } finally {
            rollbackTransaction();
        }
    }

    /** Whether the database was asked to commit, with whatever result. */
    public boolean hasTriedToCommit() {
        return triedToCommit;
    }

    /** Does nothing if the work has ended; never throws. */
    public void rollback() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            try {
                unitOfWork.rollback();
            } finally {
                rollbackTransaction();
            }
        } catch (RuntimeException | Error e) {
            logger.warn("A transaction that stored nothing could not be rolled back in order", e);
        }
    }

    private void commitTransaction() {
        transactionEnded = true;
        triedToCommit = true;
        transaction.commit();
    }

    /** Does nothing if the transaction has ended, in whatever way. */
    private void rollbackTransaction() {
        if (!transactionEnded) {
            transactionEnded = true;
            transaction.rollback();
        }
    }
}
