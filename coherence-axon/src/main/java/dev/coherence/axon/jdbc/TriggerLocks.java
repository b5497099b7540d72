package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.LockMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Row locks on triggers. An action locks its triggers shared, an effect locks its trigger exclusively, each before it
 * looks at what is stored. So one of the two waits for the other's commit and then, at READ COMMITTED, sees it.
 *
 * <p>All transactions lock in the order of the identities, so that few deadlocks arise; those that do, because a link
 * was found late, are ended by the database.
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

    void lock(SortedMap<Identity, LockMode> triggers) {
        checkTransaction();
        List<String> run = new ArrayList<>();
        LockMode modeOfRun = LockMode.SHARED;
        for (Map.Entry<Identity, LockMode> entry : triggers.entrySet()) {
            if (entry.getValue() != modeOfRun || run.size() == MAX_ROWS_PER_STATEMENT) {
                lockRun(run, modeOfRun);
                run.clear();
            }
            modeOfRun = entry.getValue();
            run.add(entry.getKey().toString());
        }
        lockRun(run, modeOfRun);
    }

    /** Locks rows of one mode; those that are missing are created first, which makes later comers wait as well. */
    private void lockRun(List<String> names, LockMode mode) {
        if (names.isEmpty() || lockPresent(names, mode) == names.size()) {
            return;
        }
        for (String name : names) {
            database.update(Sql.of(dialect.insertTriggerIfMissing(table), name));
        }
        lockPresent(names, mode);
    }

    private int lockPresent(List<String> names, LockMode mode) {
        Sql sql = Sql.of("SELECT name FROM " + table + " WHERE ")
                .addIn("name", names)
                .add(" ORDER BY name" + dialect.lockClause(mode));
        return database.list(sql, row -> row.getString(1)).size();
    }

    private void checkTransaction() {
        if (!transactionIsKnownToServe.get()) {
            database.run(connection -> {
                checkTransaction(connection);
                return true;
            });
            transactionIsKnownToServe.set(true);
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
