package dev.coherence.axon.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/**
 * A database in memory with what crashes and concurrency need: transactions bound to threads, as Spring's are, read committed,
 * with a lock on each row that is written. A commit is visible all at once. Thread-safe.
 */
final class MemoryDatabase implements TransactionManager {

    private static final long MILLIS_FOR_LOCK = 10_000;

    @SuppressWarnings("ThreadLocalUsage") // one for each database
    private final ThreadLocal<Open> current = new ThreadLocal<>();

    private final Map<RowId, Open> locks = new HashMap<>();

    private record RowId(Table<?, ?> table, Object key) {}

    /** A transaction that is going on. */
    private static final class Open {
        final Map<Table<?, ?>, Map<Object, Object>> changes = new HashMap<>();
        final Set<RowId> locked = new HashSet<>();
    }

    /** Rows by their keys. */
    final class Table<K extends Comparable<K>, V> {

        private final TreeMap<K, V> committed = new TreeMap<>();

        /** The row as the present transaction sees it; null if there is none. */
        V get(K key) {
            return all().get(key);
        }

        /** The same with a lock, until the end of the transaction. */
        V getForUpdate(K key) {
            lock(new RowId(this, key));
            return get(key);
        }

        /** Locks a row until the end of the transaction, unless another transaction has locked it. */
        boolean tryLock(K key) {
            return MemoryDatabase.this.tryLock(new RowId(this, key), current.get());
        }

        /** Stores a row; null removes it. */
        void put(K key, V value) {
            inTransaction(open -> {
                lock(new RowId(this, key));
                open.changes
                        .computeIfAbsent(this, table -> new LinkedHashMap<>())
                        .put(key, value);
            });
        }

        /** What the present transaction sees. */
        @SuppressWarnings("unchecked")
        NavigableMap<K, V> all() {
            synchronized (MemoryDatabase.this) {
                TreeMap<K, V> rows = new TreeMap<>(committed);
                Open open = current.get();
                if (open != null) {
                    open.changes.getOrDefault(this, Map.of()).forEach((key, value) -> apply(rows, (K) key, (V) value));
                }
                return rows;
            }
        }

        @SuppressWarnings("unchecked")
        private void commit(Map<Object, Object> changes) {
            changes.forEach((key, value) -> apply(committed, (K) key, (V) value));
        }

        private void apply(Map<K, V> rows, K key, V value) {
            if (value == null) {
                rows.remove(key);
            } else {
                rows.put(key, value);
            }
        }
    }

    <K extends Comparable<K>, V> Table<K, V> table() {
        return new Table<>();
    }

    /** Starts a transaction, or takes part in that of the thread, which then alone commits. */
    @Override
    public Transaction startTransaction() {
        if (current.get() != null) {
            return new Ending(null);
        }
        Open open = new Open();
        current.set(open);
        return new Ending(open);
    }

    private void inTransaction(Consumer<Open> work) {
        if (current.get() != null) {
            work.accept(current.get());
        } else {
            executeInTransaction(() -> work.accept(current.get()));
        }
    }

    private synchronized void lock(RowId row) {
        Open open = current.get();
        if (open == null) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_FOR_LOCK);
        while (!tryLock(row, open)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("No lock on row " + row.key());
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private synchronized boolean tryLock(RowId row, Open open) {
        boolean free = locks.getOrDefault(row, open) == open;
        if (free) {
            locks.put(row, open);
            open.locked.add(row);
        }
        return free;
    }

    private synchronized void end(Open open, boolean commit) {
        if (commit) {
            List<Table<?, ?>> tables = new ArrayList<>(open.changes.keySet());
            tables.forEach(table -> table.commit(open.changes.get(table)));
        }
        open.locked.forEach(locks::remove);
        current.remove();
        notifyAll();
    }

    /** Ends a transaction once; null takes part in another one. */
    private final class Ending implements Transaction {

        private final Open open;
        private boolean ended;

        Ending(Open open) {
            this.open = open;
            this.ended = open == null;
        }

        @Override
        public void commit() {
            end(true);
        }

        @Override
        public void rollback() {
            end(false);
        }

        private void end(boolean commit) {
            if (!ended) {
                ended = true;
                MemoryDatabase.this.end(open, commit);
            }
        }
    }
}
