package dev.coherence.axon.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Refuses to lock where locks are worth nothing. */
final class TransactionCheck {

    private TransactionCheck() {}

    /** Checks all of it; asks the database for the isolation level. */
    static void checkAll(Connection connection) throws SQLException {
        checkAutoCommit(connection.getAutoCommit());
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            throw wrongIsolation(nameOf(connection.getTransactionIsolation()));
        }
        checkUnitOfWork();
    }

    /** Checks what can be told without asking the database. */
    static void checkWithoutAsking(Connection connection) throws SQLException {
        checkAutoCommit(connection.getAutoCommit());
        checkUnitOfWork();
    }

    /**
     * Checks the isolation level.
     *
     * @param level as PostgreSQL names it
     */
    static void checkIsolation(String level) {
        if (!level.equals("read committed")) {
            throw wrongIsolation(level.toUpperCase(Locale.ROOT));
        }
    }

    private static void checkAutoCommit(boolean autoCommit) {
        if (autoCommit) {
            throw new IllegalStateException(
                    "coherence needs a transaction, but the connection commits each statement by"
                            + " itself: configure a TransactionManager for it, or turn its auto-commit off");
        }
    }

    private static void checkUnitOfWork() {
        if (!CurrentUnitOfWork.isStarted()) {
            throw new IllegalStateException("Triggers are locked within a unit of work only,"
                    + " since outside of one each statement has a transaction of its own");
        }
    }

    private static IllegalStateException wrongIsolation(String level) {
        return new IllegalStateException(("coherence needs isolation level READ COMMITTED, but the transaction has"
                        + " %s: at REPEATABLE READ and above, a transaction does not see what was committed while it"
                        + " waited for a lock")
                .formatted(level));
    }

    private static String nameOf(int level) {
        return switch (level) {
            case Connection.TRANSACTION_READ_UNCOMMITTED -> "READ UNCOMMITTED";
            case Connection.TRANSACTION_REPEATABLE_READ -> "REPEATABLE READ";
            case Connection.TRANSACTION_SERIALIZABLE -> "SERIALIZABLE";
            default -> "level %d of java.sql.Connection".formatted(level);
        };
    }
}
