package dev.coherence.spring.boot.store;

import dev.coherence.axon.jdbc.Dialect;
import dev.coherence.axon.jdbc.IndexSchema;
import dev.coherence.axon.jdbc.IndexTables;
import dev.coherence.spring.boot.failure.MissingIndexTablesException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Sees to it that the tables of the link index are there before they are used. */
final class IndexTablesSetup {

    private final SchemaInitialization initialization;
    private final IndexTables tables;

    IndexTablesSetup(SchemaInitialization initialization, IndexTables tables) {
        this.initialization = initialization;
        this.tables = tables;
    }

    /**
     * Creates missing tables if that is wanted, and commits.
     *
     * @throws MissingIndexTablesException if a table is missing after that
     */
    void run(Connection connection) throws SQLException {
        if (initialization.creates(connection) && tables.equals(IndexTables.standard())) {
            create(connection);
        }
        check(connection);
    }

    /** Tries twice: two instances that start at once may get in each other's way, and then the tables are there. */
    private static void create(Connection connection) throws SQLException {
        try {
            createAndCommit(connection);
        } catch (SQLException e) {
            rollback(connection);
            createAndCommit(connection);
        }
    }

    private static void createAndCommit(Connection connection) throws SQLException {
        IndexSchema.create(connection);
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private void check(Connection connection) throws SQLException {
        for (String table : List.of(tables.triggers(), tables.links(), tables.effects())) {
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery("SELECT 1 FROM " + table + " WHERE 1 = 0").close();
            } catch (SQLException e) {
                rollback(connection);
                throw missing(table, Dialect.of(connection), e);
            }
        }
    }

    private static MissingIndexTablesException missing(String table, Dialect dialect, SQLException cause) {
        MissingIndexTablesException failure = new MissingIndexTablesException(
                "Table %s, in which coherence keeps links between aggregates and triggers, cannot be read: %s."
                        .formatted(table, cause.getMessage()),
                ("Let Flyway, Liquibase or an administrator run the SQL in %s on the class path; or set"
                                + " axon.coherence.schema.initialize=always, so that the application does it.")
                        .formatted(dialect.schemaResource()));
        failure.initCause(cause);
        return failure;
    }

    private static void rollback(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }
}
