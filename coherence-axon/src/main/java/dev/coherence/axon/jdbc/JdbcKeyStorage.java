package dev.coherence.axon.jdbc;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;
import dev.coherence.key.KeyStorage;
import dev.coherence.key.StoredKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;

/**
 * Keys in a table, such as beside the events. To hold a key is to lock its row: shared with all who hold it, but on H2, which has no
 * shared locks; so whoever destroys a key waits for the transactions in which something is encrypted with it, and those that come
 * later find it destroyed. Thread-safe; for any number of nodes.
 *
 * <p>Of a failure that comes from concurrent transactions, {@link dev.coherence.log.ConcurrentAppendException} is thrown, as by the
 * index: the same call may succeed when done again.
 */
public final class JdbcKeyStorage implements KeyStorage {

    private static final String STANDARD_TABLE = "coherence_key";

    private final Database database;
    private final OwnConnections own;
    private final KeyTable table;

    private JdbcKeyStorage(Database database, OwnConnections own, KeyTable table) {
        this.database = database;
        this.own = own;
        this.table = table;
    }

    /**
     * Over the table that {@link KeySchema} makes.
     *
     * @param connections give the connection of the transaction of the caller, for what belongs to that
     * @param transactions start one, where the caller has none
     * @param dataSource gives connections that have nothing to do with the transaction of the caller, to the same database
     * @throws IllegalStateException if the database is not supported
     */
    public static JdbcKeyStorage over(
            ConnectionProvider connections, TransactionManager transactions, DataSource dataSource) {
        OwnConnections own = new OwnConnections(requireNonNull(dataSource, "dataSource"));
        return new JdbcKeyStorage(
                new Database(requireNonNull(connections, "connections"), requireNonNull(transactions, "transactions")),
                own,
                new KeyTable(STANDARD_TABLE, own.run(Dialect::of)));
    }

    @Override
    public boolean insert(StoredKey key) {
        return database.run(connection -> {
            try {
                return Database.update(connection, table.insert(key)) == 1;
            } catch (SQLException e) {
                if (TransientFailures.isDuplicateKey(
                        e)) { // on H2, where a statement that fails leaves the transaction usable
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<StoredKey> find(Identity name) {
        return own.run(connection -> first(Database.list(connection, table.find(name), KeyTable::read)));
    }

    @Override
    public Optional<StoredKey> findOwn(Identity name) {
        return first(database.list(table.find(name), KeyTable::read));
    }

    @Override
    public Map<Identity, StoredKey> hold(SortedSet<Identity> names) {
        Map<Identity, StoredKey> held = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            database.list(table.hold(names), KeyTable::read).forEach(key -> held.put(key.name(), key));
        }
        return held;
    }

    @Override
    public Optional<StoredKey> change(Identity name, UnaryOperator<StoredKey> change) {
        return own.run(connection -> {
            Optional<StoredKey> stored = first(Database.list(connection, table.findForUpdate(name), KeyTable::read));
            return stored.isEmpty() ? stored : Optional.of(changed(connection, stored.get(), change));
        });
    }

    private StoredKey changed(Connection connection, StoredKey stored, UnaryOperator<StoredKey> change)
            throws SQLException {
        StoredKey changed = change.apply(stored);
        if (!changed.equals(stored)) {
            int unused = Database.update(connection, table.update(changed));
        }
        return changed;
    }

    @Override
    public List<StoredKey> changeDue(Instant now, int limit, UnaryOperator<StoredKey> change) {
        return own.run(connection -> {
            List<StoredKey> changed = new ArrayList<>();
            for (StoredKey key : Database.list(connection, table.due(now, limit), KeyTable::read)) {
                changed.add(changed(connection, key, change));
            }
            return changed;
        });
    }

    @Override
    public List<StoredKey> untold(int limit) {
        return own.run(connection -> Database.list(connection, table.untold(limit), KeyTable::read));
    }

    @Override
    public List<StoredKey> list(Optional<Identity> after, int limit) {
        return own.run(connection -> Database.list(connection, table.list(after, limit), KeyTable::read));
    }

    @Override
    public Optional<Instant> latest() {
        return own.run(connection -> Database.list(
                        connection,
                        table.latest(),
                        row -> Stream.of(KeyTable.time(row.getString(1)), KeyTable.time(row.getString(2)))
                                .flatMap(Optional::stream)
                                .max(Comparator.naturalOrder())))
                .get(0);
    }

    private static Optional<StoredKey> first(List<StoredKey> keys) {
        return keys.stream().findFirst();
    }
}
