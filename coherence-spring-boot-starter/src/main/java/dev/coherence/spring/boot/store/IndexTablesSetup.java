package dev.coherence.spring.boot.store;

import dev.coherence.axon.jdbc.Dialect;
import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.axon.jdbc.IndexSchema;
import dev.coherence.axon.jdbc.IndexTables;
import dev.coherence.spring.boot.failure.MissingIndexTablesException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Sees to it that the tables of the link index are there before they are used. */
final class IndexTablesSetup {

    private final SchemaInitialization initialization;
    private final IndexTables tables;
    private final EventTable events;

    IndexTablesSetup(SchemaInitialization initialization, IndexTables tables, EventTable events) {
        this.initialization = initialization;
        this.tables = tables;
        this.events = events;
    }

    /**
     * Creates missing tables if that is wanted, and commits. In an embedded database, which nobody else uses, empties them
     * if there are no events.
     *
     * @throws MissingIndexTablesException if a table is missing after that
     */
    void run(Connection connection) throws SQLException {
        if (initialization.creates(connection) && tables.equals(IndexTables.standard())) {
            create(connection);
        }
        check(connection);
        if (SchemaInitialization.isEmbedded(connection) && hasNoEvents(connection)) {
            forgetLinks(connection);
        }
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
        for (String table : tables.in(Dialect.of(connection))) {
            try (Statement statement = connection.createStatement()) {
                statement
                        .executeQuery("SELECT 1 FROM " + table + " WHERE 1 = 0")
                        .close();
            } catch (SQLException e) {
                rollback(connection);
                throw missing(table, Dialect.of(connection), e);
            }
        }
    }

    /** Hibernate may have dropped and created the event table, as it does in tests, but knows nothing of the others. */
    private void forgetLinks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of(tables.links(), tables.effects(), tables.replays(), tables.state())) {
                statement.executeUpdate("DELETE FROM " + table);
            }
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    /** An event table that the application has not made yet is none without events: it may be another one's. */
    private boolean hasNoEvents(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM " + events.table() + " LIMIT 1")) {
            return !rows.next();
        } catch (SQLException e) {
            return false;
        }
    }

    private MissingIndexTablesException missing(String table, Dialect dialect, SQLException cause) {
        String action = tables.equals(IndexTables.standard())
                ? ("Let Flyway, Liquibase or an administrator run the SQL in %s on the class path; or set"
                                + " axon.coherence.schema.initialize=always, so that the application does it.")
                        .formatted(dialect.schemaResource())
                : ("Let Flyway, Liquibase or an administrator create it, with the columns that %s on the class path gives"
                                + " it under its standard name; tables with names of the application's own are not"
                                + " created at the start.")
                        .formatted(dialect.schemaResource());
        MissingIndexTablesException failure = new MissingIndexTablesException(
                "Table %s, in which coherence keeps links between aggregates and triggers, cannot be read: %s."
                        .formatted(table, cause.getMessage()),
                action);
        failure.initCause(cause);
        return failure;
    }

    private static void rollback(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }
}
