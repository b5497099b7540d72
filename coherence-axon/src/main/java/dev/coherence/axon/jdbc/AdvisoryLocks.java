package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.jdbc.Database.Row;
import dev.coherence.axon.storage.StreamNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Advisory locks of PostgreSQL, which write nothing. A trigger has one of {@value #STRIPES} locks by a hash of its name, so
 * that a transaction cannot fill the server's lock table however many triggers it locks. Transactions on triggers that share
 * a lock may have to wait for each other, and very seldom one of them is ended because of a deadlock, as on one trigger.
 *
 * <p>Locks and queries go to the server together. Each statement has a snapshot of its own, taken when the one before it is
 * done; so the queries see what was committed while the locks were waited for. Locks are taken in the order of the stripes.
 */
final class AdvisoryLocks implements TriggerLocks {

    /** A power of two. */
    private static final int STRIPES = 1024;

    /** Sets our locks apart from those that the application takes itself: "cohe" in ASCII. */
    private static final int SPACE = 0x636f6865;

    private static final int MAX_QUERIES_PER_ROUND_TRIP = 50;

    /** Up to so many values are parameters of their own, for which PostgreSQL finds better plans than for arrays. */
    private static final int FEW = 5;

    /** One row, since of many a driver may ask for the first ones only, and no lock is taken for those it does not ask for. */
    private static final String LOCK = """
            SELECT COUNT(taken), current_setting('transaction_isolation')
            FROM (SELECT CAST(CASE WHEN alone THEN pg_advisory_xact_lock(%1$d, stripe)
                                   ELSE pg_advisory_xact_lock_shared(%1$d, stripe) END AS TEXT) AS taken
                  FROM (""".formatted(SPACE);

    private static final String STRIPE = "SELECT hashtext(%s) & " + (STRIPES - 1) + " AS stripe, %b AS alone";
    private static final String SHARED = STRIPE.formatted("CAST(? AS VARCHAR)", false);
    private static final String EXCLUSIVE = STRIPE.formatted("CAST(? AS VARCHAR)", true);
    private static final String MANY = " FROM unnest(CAST(? AS VARCHAR[])) AS many(name)";
    private static final String MANY_SHARED = STRIPE.formatted("name", false) + MANY;
    private static final String MANY_EXCLUSIVE = STRIPE.formatted("name", true) + MANY;

    /** A lock that is held alone is not asked for shared before that, which could end in a deadlock. */
    private static final String IN_ORDER = " ORDER BY stripe, alone DESC) wanted) locks";

    /** A key that no trigger has. */
    private static final String TRY = "SELECT pg_advisory_xact_lock_shared(%d, -1)".formatted(SPACE);

    private static final String HELD = """
            SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
                           AND CAST(classid AS BIGINT) = %d)""".formatted(SPACE);

    private final Database database;
    private final StreamNames names;
    private final String linked;
    private final String manyLinked;
    private final AtomicBoolean locksAreKnownToHold = new AtomicBoolean();

    AdvisoryLocks(Database database, IndexTables tables, StreamNames names) {
        this.database = database;
        this.names = names;
        String linkedTo =
                STRIPE.formatted("trigger_name", false) + " FROM " + tables.links() + " WHERE aggregate_identifier = ";
        this.linked = linkedTo + "?";
        this.manyLinked = linkedTo + "ANY (CAST(? AS VARCHAR[]))";
    }

    @Override
    public <T> List<T> lock(
            SortedMap<Identity, LockMode> triggers, Collection<Identity> linkedTo, List<Sql> queries, Row<T> row) {
        int together = Math.min(queries.size(), MAX_QUERIES_PER_ROUND_TRIP);
        checkLocksHold();
        List<T> found = database.runAsItIs(connection -> {
            TransactionCheck.checkWithoutAsking(connection);
            if (triggers.isEmpty() && linkedTo.isEmpty()) {
                return new ArrayList<T>();
            }
            Sql sql = lockStatement(triggers, linkedTo);
            queries.subList(0, together).forEach(query -> sql.add("; ").add(query));
            return run(connection, sql, together, row);
        });
        queries.subList(together, queries.size()).forEach(query -> found.addAll(database.list(query, row)));
        return found;
    }

    private Sql lockStatement(SortedMap<Identity, LockMode> triggers, Collection<Identity> linkedTo) {
        Sql wanted = new Sql();
        List<String> streams = linkedTo.stream().map(names::ofAggregate).toList();
        add(wanted, named(triggers, LockMode.SHARED), SHARED, MANY_SHARED);
        add(wanted, named(triggers, LockMode.EXCLUSIVE), EXCLUSIVE, MANY_EXCLUSIVE);
        add(wanted, streams, linked, manyLinked);
        return Sql.of(LOCK).add(wanted).add(IN_ORDER);
    }

    private static List<String> named(SortedMap<Identity, LockMode> triggers, LockMode mode) {
        List<String> named = new ArrayList<>();
        triggers.forEach((trigger, wanted) -> {
            if (wanted == mode) {
                named.add(trigger.toString());
            }
        });
        return named;
    }

    private static void add(Sql wanted, List<String> values, String one, String many) {
        if (values.size() > FEW) {
            addPart(wanted, many, values.toArray(String[]::new));
        } else {
            values.forEach(value -> addPart(wanted, one, value));
        }
    }

    private static void addPart(Sql wanted, String part, Object parameter) {
        wanted.add(wanted.isEmpty() ? "" : " UNION ALL ").add(part, parameter);
    }

    private static <T> List<T> run(Connection connection, Sql sql, int queries, Row<T> row) throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            sql.bind(statement);
            statement.execute();
            try (ResultSet locks = statement.getResultSet()) {
                locks.next();
                TransactionCheck.checkIsolation(locks.getString(2));
            }
            for (int i = 0; i < queries; i++) {
                statement.getMoreResults();
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        found.add(row.read(rows));
                    }
                }
            }
        }
        return found;
    }

    /**
     * Databases that pass for PostgreSQL may accept advisory locks and do nothing; and without a transaction, the next
     * connection is another one, or has forgotten them. Asked once.
     */
    private void checkLocksHold() {
        if (locksAreKnownToHold.get()) {
            return;
        }
        database.runAsItIs(connection -> {
            TransactionCheck.checkAll(connection);
            try (Statement statement = connection.createStatement()) {
                return statement.execute(TRY);
            }
        });
        boolean held = database.runAsItIs(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(HELD)) {
                return rows.next() && rows.getBoolean(1);
            }
        });
        if (!held) {
            throw new IllegalStateException(
                    "coherence needs a transaction and advisory locks that are held until its end,"
                            + " but a lock was gone at once: configure a TransactionManager, and use PostgreSQL itself");
        }
        locksAreKnownToHold.set(true);
    }
}
