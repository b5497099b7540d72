package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.LockMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Row locks on triggers. An action locks its triggers shared, an effect locks its trigger exclusively, each before it
 * looks at what is stored. So one of the two waits for the other's commit and then, at READ COMMITTED, sees it.
 *
 * <p>All transactions lock in the order of the names, so that few deadlocks arise; those that do, because a row was created
 * or a link was found late, are ended by the database.
 */
final class TriggerLocks {

    private static final int MAX_ROWS_PER_STATEMENT = 500;

    private final Database database;
    private final Dialect dialect;
    private final String table;
    private final AtomicBoolean transactionIsKnownToServe = new AtomicBoolean();

    TriggerLocks(Database database, Dialect dialect, String table) {
        this.database = database;
        this.dialect = dialect;
        this.table = table;
    }

    void lock(Map<Identity, LockMode> triggers) {
        checkTransaction();
        SortedMap<String, LockMode> names = new TreeMap<>();
        triggers.forEach((trigger, mode) -> names.put(trigger.toString(), mode));
        List<String> run = new ArrayList<>();
        LockMode modeOfRun = LockMode.SHARED;
        for (Map.Entry<String, LockMode> entry : names.entrySet()) {
            if (entry.getValue() != modeOfRun || run.size() == MAX_ROWS_PER_STATEMENT) {
                lockRun(run, modeOfRun);
                run.clear();
            }
            modeOfRun = entry.getValue();
            run.add(entry.getKey());
        }
        lockRun(run, modeOfRun);
    }

    private void lockRun(List<String> names, LockMode mode) {
        if (names.isEmpty()) {
            return;
        }
        Set<String> missing = new TreeSet<>(names);
        lockPresent(names, mode).forEach(missing::remove);
        lockMissing(missing, mode);
    }

    /** Creates rows and locks them, in the order given. Who is late waits for the one who is creating the row. */
    void lockMissing(Collection<String> missing, LockMode mode) {
        List<String> names = List.copyOf(missing);
        for (int i = 0; i < names.size(); i += MAX_ROWS_PER_STATEMENT) {
            createAndLock(names.subList(i, Math.min(names.size(), i + MAX_ROWS_PER_STATEMENT)), mode);
        }
    }

    private void createAndLock(List<String> names, LockMode mode) {
        Sql insert = Sql.of(dialect.insertTriggersIfMissing(table, names.size()), names.toArray());
        int created = database.update(insert);
        // A row that we have created nobody else sees or creates before we are done.
        if (!dialect.countsCreatedRows() || created < names.size()) {
            lockPresent(names, mode);
        }
    }

    private List<String> lockPresent(List<String> names, LockMode mode) {
        Sql sql = Sql.of("SELECT name FROM " + table + " WHERE ")
                .addIn("name", names)
                .add(dialect.lockOrderedBy("name", mode));
        return database.list(sql, row -> row.getString(1));
    }

    /** Refuses a transaction in which locks are worth nothing; looks only until one was found that serves. */
    void checkTransaction() {
        if (!transactionIsKnownToServe.get()) {
            database.run(connection -> {
                checkTransaction(connection);
                return true;
            });
            transactionIsKnownToServe.set(true);
        }
        if (!CurrentUnitOfWork.isStarted()) {
            throw new IllegalStateException("Triggers are locked within a unit of work only,"
                    + " since outside of one each statement has a transaction of its own");
        }
    }

    private static void checkTransaction(Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException(
                    "coherence needs a transaction, but the connection commits each statement by"
                            + " itself: configure a TransactionManager for it, or turn its auto-commit off");
        }
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            throw new IllegalStateException(("coherence needs isolation level READ COMMITTED, but the transaction has"
                            + " level %s (java.sql.Connection): at REPEATABLE READ and above, a transaction does not"
                            + " see what was committed while it waited for a lock")
                    .formatted(connection.getTransactionIsolation()));
        }
    }
}
