package dev.coherence.axon.jdbc;

import org.axonframework.common.jdbc.PersistenceExceptionResolver;

/**
 * Tells Axon's storage engines which failures of an append came from concurrent ones, so that they report them as {@code
 * org.axonframework.modelling.command.ConcurrencyException}, which is transient: duplicate keys, wherever in a batch they
 * stand, and also deadlocks, serialization failures and lock timeouts, which Axon's own resolvers take for final. Knows the
 * codes of PostgreSQL, H2 and MySQL. Thread-safe.
 */
public final class ConcurrentChangeResolver implements PersistenceExceptionResolver {

    @Override
    public boolean isDuplicateKeyViolation(Exception exception) {
        return TransientFailures.isDuplicateKey(exception) || TransientFailures.isConcurrentChange(exception);
    }
}
