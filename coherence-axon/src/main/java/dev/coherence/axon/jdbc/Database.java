package dev.coherence.axon.jdbc;

import dev.coherence.log.ConcurrentAppendException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.JdbcException;
import org.axonframework.common.transaction.TransactionManager;

/** Runs statements in the present transaction, or in one of their own, and tells transient failures from others. */
final class Database {

    private final ConnectionProvider connections;
    private final TransactionManager transactions;

    Database(ConnectionProvider connections, TransactionManager transactions) {
        this.connections = connections;
        this.transactions = transactions;
    }

    /** Reads one row of a result set. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Works with an open connection, which is closed for it. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    <T> List<T> list(Sql sql, Row<T> row) {
        return run(connection -> list(connection, sql, row));
    }

    static <T> List<T> list(Connection connection, Sql sql, Row<T> row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        }
    }

    /** Runs an update and returns how many rows it changed. */
    int update(Sql sql) {
        return run(connection -> update(connection, sql));
    }

    static int update(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement);
            return statement.executeUpdate();
        }
    }

    /** Runs updates of one text in their order, in one round trip where the driver can. */
    void updateAll(List<Sql> updates) {
        if (updates.isEmpty()) {
            return;
        }
        run(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(updates.get(0).text())) {
                for (Sql update : updates) {
                    update.bind(statement);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /** Runs the work in the present transaction, or in one of its own. */
    <T> T run(Work<T> work) {
        return transactions.fetchInTransaction(() -> runAsItIs(work));
    }

    /** Runs the work in the present transaction, or in none if there is none. */
    <T> T runAsItIs(Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    static RuntimeException failure(SQLException cause) {
        // on tables of ours, a duplicate key is a race to create a row
        return TransientFailures.isConcurrentChange(cause) || TransientFailures.isDuplicateKey(cause)
                ? new ConcurrentAppendException("a concurrent transaction was in the way", cause)
                : new JdbcException("The tables of coherence could not be read or written", cause);
    }
}
