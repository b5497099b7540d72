package dev.coherence.spring.boot;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** A new, empty database. */
record TestDatabase(String name, String url, String user) {

    /** One server for all tests of this JVM; it ends with it. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static TestDatabase h2() {
        return new TestDatabase("H2", "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()), "sa");
    }

    /** An H2 that understands the SQL for PostgreSQL. */
    static TestDatabase h2LikePostgres() {
        TestDatabase h2 = h2();
        return new TestDatabase(
                "H2", h2.url + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH", h2.user);
    }

    static TestDatabase postgres() {
        String database = "t_" + UUID.randomUUID().toString().replace("-", "");
        new TestDatabase("PostgreSQL", Server.POSTGRES.getJdbcUrl("postgres", "postgres"), "postgres")
                .execute("CREATE DATABASE " + database);
        return new TestDatabase("PostgreSQL", Server.POSTGRES.getJdbcUrl("postgres", database), "postgres");
    }

    String[] properties() {
        return new String[] {"spring.datasource.url=" + url, "spring.datasource.username=" + user};
    }

    /** Creates the tables of Axon's JDBC engine and token store, with Axon's default names. */
    TestDatabase withAxonTables() {
        try (InputStream in = TestDatabase.class.getResourceAsStream("/axon-jdbc.sql")) {
            execute(new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";\\s*"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of all rows. */
    List<String> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not through the DriverManager, which keeps drivers of the class loader that asked first. */
    private Connection connect() throws SQLException {
        Properties credentials = new Properties();
        credentials.put("user", user);
        Driver driver = name.equals("H2") ? new org.h2.Driver() : new org.postgresql.Driver();
        return driver.connect(url, credentials);
    }

    @Override
    public String toString() {
        return name;
    }
}
