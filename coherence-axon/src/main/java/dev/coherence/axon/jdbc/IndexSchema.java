package dev.coherence.axon.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * Creates the tables of the index from the shipped SQL files, which Flyway or Liquibase can use as well: {@code
 * dev/coherence/schema/postgresql.sql}, {@code h2.sql} and {@code mysql.sql} on the class path.
 */
public final class IndexSchema {

    private IndexSchema() {}

    /**
     * Creates what is missing, in the database that the connection leads to; what is there stays. Does not commit.
     *
     * @throws SQLException if the database refuses
     * @throws IllegalStateException if the database is not supported
     */
    public static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(Dialect.of(connection))) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the statements of the shipped file, without comments and semicolons. */
    static List<String> statements(Dialect dialect) {
        String withoutComments = text(dialect).replaceAll("(?m)^--.*$", "");
        return Arrays.stream(withoutComments.split(";"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toList();
    }

    private static String text(Dialect dialect) {
        try (InputStream in = IndexSchema.class.getClassLoader().getResourceAsStream(dialect.schemaResource())) {
            if (in == null) {
                throw new IllegalStateException("%s is missing on the class path".formatted(dialect.schemaResource()));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("%s cannot be read".formatted(dialect.schemaResource()), e);
        }
    }
}
