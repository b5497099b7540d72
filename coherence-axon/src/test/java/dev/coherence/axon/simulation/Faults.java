package dev.coherence.axon.simulation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/**
 * What goes wrong on a node: handlers that throw, time in which it stands still, and its death, after which none of its
 * transactions commits. Thread-safe.
 */
final class Faults implements TransactionManager {

    private static final int NEVER = -1;

    /** Longer than our token store relies on a claim without asking, which is less than any claim lasts. */
    private static final Duration FREEZE = Duration.ofMillis(1_200);

    private final String node;
    private final TransactionManager transactions;
    private final AtomicInteger eventsUntilFailure = new AtomicInteger(NEVER);
    private final AtomicInteger batchesUntilCrash = new AtomicInteger(NEVER);

    @SuppressWarnings("ThreadLocalUsage") // one for each node
    private final ThreadLocal<Boolean> handled = ThreadLocal.withInitial(() -> false);

    private volatile boolean crashAfterCommit;
    private volatile boolean dead;
    private volatile long frozenUntil = System.nanoTime();

    Faults(String node, TransactionManager transactions) {
        this.node = node;
        this.transactions = transactions;
    }

    void failAfter(int events) {
        eventsUntilFailure.set(events);
    }

    void crashAfter(int batches, boolean committed) {
        crashAfterCommit = committed;
        batchesUntilCrash.set(batches);
    }

    void disarm() {
        eventsUntilFailure.set(NEVER);
        batchesUntilCrash.set(NEVER);
    }

    void die() {
        dead = true;
    }

    /** From now on, for some time, no transaction of the node begins or commits, and no handler ends. */
    void freeze() {
        frozenUntil = System.nanoTime() + FREEZE.toNanos();
    }

    void awaitThaw() {
        try {
            while (!dead && System.nanoTime() - frozenUntil < 0) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isDead() {
        return dead;
    }

    /** To be called when a handler has done its work. */
    void handled() {
        handled.set(true);
        awaitThaw();
        if (isDue(eventsUntilFailure)) {
            throw new IllegalStateException("A failure that the schedule wants");
        }
    }

    private static boolean isDue(AtomicInteger countdown) {
        return countdown.getAndUpdate(left -> Math.max(NEVER, left - 1)) == 0;
    }

    @Override
    public Transaction startTransaction() {
        awaitThaw();
        checkAlive();
        Transaction transaction = transactions.startTransaction();
        return new Transaction() {
            @Override
            public void commit() {
                awaitThaw();
                boolean crashes = handled.get() && isDue(batchesUntilCrash);
                handled.remove();
                if (crashes && !crashAfterCommit) {
                    dead = true;
                }
                if (dead) {
                    transaction.rollback();
                    checkAlive();
                }
                transaction.commit();
                if (crashes) {
                    dead = true;
                    checkAlive();
                }
            }

            @Override
            public void rollback() {
                handled.remove();
                transaction.rollback();
            }
        };
    }

    /** The name of the node. */
    @Override
    public String toString() {
        return node;
    }

    private void checkAlive() {
        if (dead) {
            throw new DeadNode();
        }
    }

    /** What a node gets that is dead. */
    static final class DeadNode extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DeadNode() {
            super("The node is dead", null, false, false);
        }
    }
}
