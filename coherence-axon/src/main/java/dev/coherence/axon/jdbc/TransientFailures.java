package dev.coherence.axon.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a failure came from concurrent transactions, so that the same work may succeed when done again. Looks
 * through all causes and chained SQL exceptions, because Axon, Hibernate and Spring each wrap them in their own way.
 */
final class TransientFailures {

    /** Standard: serialization failure, deadlock. PostgreSQL: deadlock, lock not available. H2: lock timeout. */
    private static final Set<String> CONCURRENT_CHANGE = Set.of("40001", "40P01", "55P03", "HYT00");

    /** H2's lock timeout, and MySQL's, whose SQL state says nothing. */
    private static final Set<Integer> LOCK_TIMEOUTS = Set.of(50200, 1205);

    private static final String DUPLICATE_KEY = "23505";

    /** Of MySQL, whose SQL state is that of any broken constraint. */
    private static final int MYSQL_DUPLICATE_KEY = 1062;

    private TransientFailures() {}

    /** Whether the failure is a deadlock, a serialization failure, or a lock that was not had in time. */
    static boolean isConcurrentChange(Throwable failure) {
        return anySqlException(
                failure,
                sql -> CONCURRENT_CHANGE.contains(stateOf(sql)) || LOCK_TIMEOUTS.contains(sql.getErrorCode()),
                Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** Whether two have created one row. */
    static boolean isDuplicateKey(Throwable failure) {
        return anySqlException(
                failure,
                sql -> DUPLICATE_KEY.equals(stateOf(sql)) || sql.getErrorCode() == MYSQL_DUPLICATE_KEY,
                Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static String stateOf(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "" : state;
    }

    private static boolean anySqlException(
            @Nullable Throwable failure, Predicate<SQLException> test, Set<Throwable> visited) {
        if (failure == null || !visited.add(failure)) {
            return false;
        }
        if (failure instanceof SQLException sql
                && (test.test(sql) || anySqlException(sql.getNextException(), test, visited))) {
            return true;
        }
        return anySqlException(failure.getCause(), test, visited);
    }
}
