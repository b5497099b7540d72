package dev.coherence.axon.jdbc;

import static java.util.stream.Collectors.toCollection;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.storage.StreamNames;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Locks what changes to aggregates depend on: their identities and the triggers that they are linked to. One statement
 * finds the links and locks, if all locks are shared; it tells what was linked and whether rows were missing, which are
 * then created as {@link TriggerLocks} does.
 */
final class ChangeLocks {

    private static final int MAX_NAMES_PER_STATEMENT = 500;

    private final Database database;
    private final Dialect dialect;
    private final IndexTables tables;
    private final StreamNames names;
    private final TriggerLocks locks;
    private final LinkTables links;

    ChangeLocks(
            Database database,
            Dialect dialect,
            IndexTables tables,
            StreamNames names,
            TriggerLocks locks,
            LinkTables links) {
        this.database = database;
        this.dialect = dialect;
        this.tables = tables;
        this.names = names;
        this.locks = locks;
        this.links = links;
    }

    SortedSet<Identity> lock(Collection<Identity> aggregates, SortedMap<Identity, LockMode> others) {
        SortedMap<Identity, LockMode> named = new TreeMap<>(others);
        aggregates.forEach(aggregate -> named.putIfAbsent(aggregate, LockMode.SHARED));
        boolean inOneStatement = !aggregates.isEmpty()
                && !named.containsValue(LockMode.EXCLUSIVE)
                && named.size() <= MAX_NAMES_PER_STATEMENT;
        return inOneStatement ? lockShared(aggregates, named.keySet()) : lockInRuns(aggregates, named);
    }

    private SortedSet<Identity> lockInRuns(Collection<Identity> aggregates, SortedMap<Identity, LockMode> named) {
        SortedSet<Identity> linked = links.linkedTriggers(aggregates);
        linked.forEach(trigger -> named.putIfAbsent(trigger, LockMode.SHARED));
        locks.lock(named);
        return linked;
    }

    private SortedSet<Identity> lockShared(Collection<Identity> aggregates, Collection<Identity> named) {
        locks.checkTransaction();
        List<Row> rows = database.list(
                select(aggregates, named), row -> new Row(row.getString(1), row.getBoolean(2), row.getInt(3)));
        SortedSet<Identity> linked = rows.stream()
                .filter(Row::isLinked)
                .map(row -> Identity.parse(row.name()))
                .collect(toCollection(TreeSet::new));
        if (rows.isEmpty() || rows.get(0).links() != linked.size()) {
            linked = links.linkedTriggers(aggregates); // a trigger that was never locked before is among them
        }
        SortedSet<String> missing = new TreeSet<>();
        named.forEach(identity -> missing.add(identity.toString()));
        linked.forEach(identity -> missing.add(identity.toString()));
        rows.forEach(row -> missing.remove(row.name()));
        locks.lockMissing(missing, LockMode.SHARED);
        return linked;
    }

    /**
     * A row that is locked now.
     *
     * @param name of the trigger
     * @param isLinked whether one of the aggregates is linked to it
     * @param links how many triggers the aggregates are linked to, those without a row included
     */
    private record Row(String name, boolean isLinked, int links) {}

    private Sql select(Collection<Identity> aggregates, Collection<Identity> named) {
        List<String> streams = aggregates.stream().map(names::ofAggregate).toList();
        Sql ofAggregates = new Sql().addIn("l.aggregate_identifier", streams);
        String fromLinks = " FROM " + tables.links() + " l WHERE ";
        Sql wanted = Sql.of("SELECT l.trigger_name" + fromLinks).add(ofAggregates);
        named.forEach(identity -> wanted.add(" UNION ALL SELECT " + dialect.nameParameter(), identity.toString()));
        return Sql.of("SELECT t.name, EXISTS (SELECT 1" + fromLinks + "l.trigger_name = t.name AND ")
                .add(ofAggregates)
                .add("), (SELECT COUNT(DISTINCT l.trigger_name)" + fromLinks)
                .add(ofAggregates)
                .add(") FROM " + tables.triggers() + " t WHERE ")
                .add(dialect.isAmong("t.name", wanted))
                .add(dialect.lockOrderedBy("t.name", LockMode.SHARED));
    }
}
