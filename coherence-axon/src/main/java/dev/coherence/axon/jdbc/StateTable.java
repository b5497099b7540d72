package dev.coherence.axon.jdbc;

import dev.coherence.axon.index.IndexState;
import dev.coherence.axon.index.IndexState.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The row that says how far the index is built. Whoever builds holds a lock on it for each batch. */
final class StateTable {

    /** Of the tables as they are shipped with this version. */
    private static final int SCHEMA_VERSION = 1;

    private static final String KEY = "links";

    private final Database database;
    private final String table;

    StateTable(Database database, IndexTables tables) {
        this.database = database;
        this.table = tables.state();
    }

    /**
     * The row.
     *
     * @param run tells one build from the first event on from another
     */
    record Row(boolean complete, String run, long position, long target, long unreadable) {

        Row withTarget(long further) {
            return new Row(complete, run, position, further, unreadable);
        }

        IndexState toState() {
            return new IndexState(complete ? Status.COMPLETE : Status.BUILDING, position, target, unreadable);
        }
    }

    Optional<Row> read() {
        return first(select());
    }

    /** Returns the row, which nobody else locks or changes until the end of the transaction. */
    Optional<Row> lock() {
        return first(select().add(" FOR UPDATE"));
    }

    private Sql select() {
        return Sql.of(
                "SELECT status, run, position_done, position_target, unreadable FROM " + table + " WHERE name = ?",
                KEY);
    }

    private Optional<Row> first(Sql select) {
        List<Row> rows = database.list(select, StateTable::read);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1).equals("complete"), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }

    /** Throws {@link dev.coherence.log.ConcurrentAppendException} if somebody else is doing it. */
    void insert(Row row) {
        int unused = database.update(Sql.of(
                "INSERT INTO " + table
                        + " (name, schema_version, status, run, position_done, position_target, unreadable)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                KEY,
                SCHEMA_VERSION,
                status(row),
                row.run(),
                row.position(),
                row.target(),
                row.unreadable()));
    }

    void update(Row row) {
        int unused = database.update(Sql.of(
                "UPDATE " + table
                        + " SET schema_version = ?, status = ?, run = ?, position_done = ?, position_target = ?, unreadable = ?"
                        + " WHERE name = ?",
                SCHEMA_VERSION,
                status(row),
                row.run(),
                row.position(),
                row.target(),
                row.unreadable(),
                KEY));
    }

    private static String status(Row row) {
        return row.complete() ? "complete" : "building";
    }
}
