package dev.coherence.axon.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Creates the table of keys from the shipped SQL files, which Flyway or Liquibase can use as well: {@code
 * dev/coherence/schema/keys/postgresql.sql}, {@code h2.sql} and {@code mysql.sql} on the class path.
 */
public final class KeySchema {

    private KeySchema() {}

    /**
     * Creates what is missing, in the database that the connection leads to; what is there stays. Does not commit.
     *
     * @throws SQLException if the database refuses
     * @throws IllegalStateException if the database is not supported
     */
    public static void create(Connection connection) throws SQLException {
        SqlScript.run(Dialect.of(connection).keySchemaResource(), connection);
    }
}
