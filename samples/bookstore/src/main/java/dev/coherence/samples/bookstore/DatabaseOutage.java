package dev.coherence.samples.bookstore;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells a database that cannot be reached from a statement that it refuses. */
final class DatabaseOutage {

    /**
     * The first characters of the SQL states: no connection; not enough resources; the server is stopped or starts;
     * system error; and H2's closed database and broken connection.
     */
    private static final Set<String> STATES = Set.of("08", "53", "57P", "58", "90067", "90098", "90121");

    private DatabaseOutage() {}

    static boolean isCauseOf(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isOutage(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(SQLException e) {
        String state = e.getSQLState();
        // Without a state it does not come from the database: the pool says that the connection is closed.
        return state == null
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || STATES.stream().anyMatch(state::startsWith);
    }
}
