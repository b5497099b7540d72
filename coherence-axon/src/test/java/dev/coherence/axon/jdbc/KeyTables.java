package dev.coherence.axon.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.axon.SpringTransactions;
import dev.coherence.axon.TestDatabases;
import dev.coherence.key.StoredKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** A table of keys in a database, and transactions there. */
record KeyTables(HikariDataSource database, TransactionManager transactions, JdbcKeyStorage storage)
        implements AutoCloseable {

    enum Engine {
        H2,
        H2_LIKE_POSTGRES,
        POSTGRES;

        KeyTables open() {
            return KeyTables.in(
                    switch (this) {
                        case H2 -> TestDatabases.h2();
                        case H2_LIKE_POSTGRES -> TestDatabases.h2LikePostgres();
                        case POSTGRES -> TestDatabases.postgres();
                    });
        }
    }

    private static KeyTables in(HikariDataSource database) {
        try (Connection connection = database.getConnection()) {
            KeySchema.create(connection);
            KeySchema.create(connection); // what is there stays
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        TransactionManager transactions = new SpringTransactions(new DataSourceTransactionManager(database));
        return new KeyTables(
                database,
                transactions,
                JdbcKeyStorage.over(
                        new TransactionAwareDataSourceProxy(database)::getConnection, transactions, database));
    }

    <T> T inTransaction(Supplier<T> work) {
        return transactions.fetchInTransaction(work);
    }

    void insert(StoredKey... keys) {
        for (StoredKey key : keys) {
            storage.insert(key);
        }
    }

    void empty() {
        TestDatabases.execute(database, "DELETE FROM coherence_key");
    }

    @Override
    public void close() {
        database.close();
    }
}
