package dev.coherence.axon;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/** Databases for tests: H2 in memory, and a real PostgreSQL that is started once for all tests of a JVM. */
public final class TestDatabases {

    private static final int MAX_CONNECTIONS = 24;

    private TestDatabases() {}

    /** A new, empty H2 database that lives as long as the pool. */
    public static HikariDataSource h2() {
        return new HikariDataSource(
                config("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa"));
    }

    /** A new, empty H2 database that speaks PostgreSQL's dialect, for Axon's PostgreSQL table factories. */
    public static HikariDataSource h2LikePostgres() {
        return new HikariDataSource(h2LikePostgresConfig());
    }

    /** The same, where a transaction goes on until somebody commits. */
    public static HikariDataSource h2WithoutAutoCommit() {
        HikariConfig config = h2LikePostgresConfig();
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    private static HikariConfig h2LikePostgresConfig() {
        return config(
                "jdbc:h2:mem:" + UUID.randomUUID()
                        + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                        + ";DEFAULT_NULL_ORDERING=HIGH",
                "sa");
    }

    /** A new, empty database on the PostgreSQL server of this JVM. */
    public static HikariDataSource postgres() {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        execute(Server.INSTANCE.getPostgresDatabase(), "CREATE DATABASE " + name);
        return new HikariDataSource(config(Server.INSTANCE.getJdbcUrl("postgres", name), "postgres"));
    }

    /** A pool of connections to an existing PostgreSQL database. */
    public static HikariDataSource postgres(String url) {
        return new HikariDataSource(config(url, "postgres"));
    }

    /** Runs one statement in a transaction of its own. */
    public static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static HikariConfig config(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(MAX_CONNECTIONS);
        config.setMinimumIdle(0);
        return config;
    }

    private static final class Server {
        private static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
