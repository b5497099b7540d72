package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.jdbc.Database.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Locks on rows, of which each trigger has one from its first lock on. All of them are exclusive: H2 has no shared ones. Rows
 * are locked in the order of the triggers' names, and created when they are missing.
 */
final class RowLocks implements TriggerLocks {

    private static final int MAX_ROWS_PER_STATEMENT = 500;

    private final Database database;
    private final LinkTables links;
    private final String table;
    private final String insertIfMissing;
    private final boolean countsCreatedRows;

    RowLocks(Database database, Dialect dialect, IndexTables tables, LinkTables links) {
        this.database = database;
        this.links = links;
        this.table = tables.triggers();
        // H2 counts those that were there as well.
        this.countsCreatedRows = dialect != Dialect.H2;
        this.insertIfMissing = (dialect == Dialect.H2
                        ? "MERGE INTO %s (name) KEY (name) VALUES "
                        : "INSERT IGNORE INTO %s (name) VALUES ")
                .formatted(table);
    }

    @Override
    public <T> List<T> lock(
            SortedMap<Identity, LockMode> triggers, Collection<Identity> linkedTo, List<Sql> queries, Row<T> row) {
        database.runAsItIs(connection -> {
            TransactionCheck.checkAll(connection);
            return true;
        });
        Set<String> names = new TreeSet<>();
        triggers.keySet().forEach(trigger -> names.add(trigger.toString()));
        links.linkedTriggers(linkedTo).forEach(trigger -> names.add(trigger.toString()));
        List<String> inOrder = List.copyOf(names);
        for (int i = 0; i < inOrder.size(); i += MAX_ROWS_PER_STATEMENT) {
            lock(inOrder.subList(i, Math.min(inOrder.size(), i + MAX_ROWS_PER_STATEMENT)));
        }
        List<T> found = new ArrayList<>();
        queries.forEach(query -> found.addAll(database.list(query, row)));
        return found;
    }

    private void lock(List<String> names) {
        Set<String> missing = new TreeSet<>(names);
        lockPresent(names).forEach(missing::remove);
        if (!missing.isEmpty()) {
            createAndLock(List.copyOf(missing));
        }
    }

    /** Creates rows and locks them. Who is late waits for the one who is creating the row. */
    private void createAndLock(List<String> names) {
        String rows = String.join(", ", Collections.nCopies(names.size(), "(?)"));
        int created = database.update(Sql.of(insertIfMissing + rows, names.toArray()));
        // A row that we have created nobody else sees or creates before we are done.
        if (!countsCreatedRows || created < names.size()) {
            lockPresent(names);
        }
    }

    private List<String> lockPresent(List<String> names) {
        Sql sql = Sql.of("SELECT name FROM " + table + " WHERE ")
                .addIn("name", names)
                .add(" ORDER BY name FOR UPDATE");
        return database.list(sql, row -> row.getString(1));
    }
}
