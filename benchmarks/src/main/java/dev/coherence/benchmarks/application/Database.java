package dev.coherence.benchmarks.application;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** A new, empty database and the connections to it. Thread-safe. */
public final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final HikariDataSource pool;
    private final ConnectionProvider connections;
    private final TransactionManager transactions;
    private final Runnable closing;

    Database(String url, String user, Runnable closing) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(CONNECTIONS);
        this.pool = new HikariDataSource(config);
        this.connections = new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(pool));
        this.transactions = new SpringTransactionManager(new DataSourceTransactionManager(pool));
        this.closing = closing;
    }

    /** An H2 database in memory. */
    public static Database h2() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000";
        return new Database(url, "sa", () -> {});
    }

    /** Gives the connection of the present transaction. */
    ConnectionProvider connections() {
        return connections;
    }

    /** Transactions as Spring has them, and so as most applications do. */
    TransactionManager transactions() {
        return transactions;
    }

    /** The position of the last event in Axon's table, 0 if there is none; says nothing while events are being stored. */
    public long lastPosition() {
        String sql = "SELECT COALESCE(MAX(globalIndex), 0) FROM DomainEventEntry";
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("The database refuses: " + sql, e);
        }
    }

    /** Runs one statement in a transaction of its own. */
    public void execute(String sql, Object... parameters) {
        execute(pool::getConnection, sql, parameters);
    }

    /** Runs one statement in the present transaction. */
    public void executeInTransaction(String sql, Object... parameters) {
        execute(connections, sql, parameters);
    }

    private static void execute(ConnectionProvider connections, String sql, Object... parameters) {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("The database refuses: " + sql, e);
        }
    }

    /** Does what the database would do by itself some time after much was stored, so that it does not do it later. */
    public void settle() {
        execute("ANALYZE");
        execute("CHECKPOINT");
    }

    @Override
    public void close() {
        pool.close();
        closing.run();
    }
}
