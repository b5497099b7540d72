package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;

class CommitsTest {

    private final List<String> calls = new ArrayList<>();
    private boolean refusesToCommit;
    private final TransactionManager transactions = Commits.watched(() -> new Transaction() {
        @Override
        public void commit() {
            if (refusesToCommit) {
                throw new IllegalStateException("deadlock");
            }
            calls.add("commit");
        }

        @Override
        public void rollback() {
            calls.add("rollback");
        }
    });

    private void work() {
        Commits.after(() -> calls.add("after"));
        calls.add("work");
    }

    @Test
    void work_is_done_after_the_commit_of_a_transaction() {
        transactions.executeInTransaction(this::work);

        assertThat(calls).containsExactly("work", "commit", "after");
    }

    @Test
    void work_is_not_done_if_the_transaction_is_rolled_back() {
        assertThatThrownBy(() -> transactions.executeInTransaction(() -> {
                    work();
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        transactions.executeInTransaction(() -> {});

        assertThat(calls).containsExactly("work", "rollback", "commit");
    }

    @Test
    void work_is_not_done_if_the_commit_fails() {
        refusesToCommit = true;
        assertThatThrownBy(() -> transactions.executeInTransaction(this::work)).hasMessage("deadlock");
        work();

        assertThat(calls).containsExactly("work", "rollback", "after", "work");
    }

    @Test
    void work_in_a_unit_of_work_is_done_after_the_commit_of_its_transaction() {
        DefaultUnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("batch"));
        unitOfWork.attachTransaction(transactions);
        unitOfWork.execute(this::work);

        assertThat(calls).containsExactly("work", "commit", "after");
    }

    @Test
    void work_in_a_unit_of_work_without_transaction_is_done_when_it_is_committed() {
        DefaultUnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("batch"));
        unitOfWork.onCommit(u -> calls.add("commit"));
        unitOfWork.execute(this::work);

        assertThat(calls).containsExactly("work", "commit", "after");
    }

    @Test
    void the_absence_of_transactions_stays_what_axon_knows() {
        assertThat(Commits.watched(NoTransactionManager.instance())).isSameAs(NoTransactionManager.instance());
    }
}
