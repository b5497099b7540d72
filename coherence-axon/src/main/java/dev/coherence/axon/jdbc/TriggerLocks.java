package dev.coherence.axon.jdbc;

import dev.coherence.action.Identity;
import dev.coherence.axon.index.LockMode;
import dev.coherence.axon.jdbc.Database.Row;
import dev.coherence.axon.storage.StreamNames;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/**
 * Locks on triggers until the end of the transaction. An action locks its triggers shared, an effect locks its trigger
 * exclusively, each before it looks at what is stored. So one of the two waits for the other's commit and then, at READ
 * COMMITTED, sees it.
 *
 * <p>All transactions lock in one order, so that few deadlocks arise; those that do, because a link was found late or a
 * lock is wanted in another mode, are ended by the database. Thread-safe.
 */
interface TriggerLocks {

    /** Returns the locks that serve best on the database. */
    static TriggerLocks of(
            Database database, Dialect dialect, IndexTables tables, StreamNames names, LinkTables links) {
        return dialect == Dialect.POSTGRESQL
                ? new AdvisoryLocks(database, tables, names)
                : new RowLocks(database, dialect, tables, links);
    }

    /** Locks the triggers, without a question. */
    default void lock(SortedMap<Identity, LockMode> triggers) {
        List<Object> unused = lock(triggers, List.of(), List.of(), row -> row);
    }

    /**
     * Locks the triggers, and shared the ones that stored actions on the aggregates link to; then runs the queries, which
     * see what was committed while this waited.
     *
     * @return the rows of all queries, in their order
     * @throws dev.coherence.log.ConcurrentAppendException if the database gave up waiting
     * @throws IllegalStateException if locks are worth nothing in the present transaction, or there is none
     */
    <T> List<T> lock(
            SortedMap<Identity, LockMode> triggers, Collection<Identity> linkedTo, List<Sql> queries, Row<T> row);
}
