package dev.coherence.axon.jdbc;

import dev.coherence.axon.jdbc.Database.Work;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Transactions that nobody else takes part in, whatever transaction the caller is in. */
final class OwnConnections {

    private final DataSource dataSource;

    OwnConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Does the work, and commits; or rolls back if it fails. */
    <T> T run(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                return committed(connection, work);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw Database.failure(e);
        }
    }

    private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        boolean done = false;
        try {
            T result = work.run(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
        }
    }
}
