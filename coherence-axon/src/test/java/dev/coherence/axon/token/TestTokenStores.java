package dev.coherence.axon.token;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.axon.Serializers;
import dev.coherence.axon.TestDatabases;
import jakarta.persistence.EntityManager;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.common.jpa.SimpleEntityManagerProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jpa.JpaTokenStore;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/** Axon's token stores, for several nodes on one table. */
record TestTokenStores(
        TransactionManager transactions,
        Function<String, TokenStore> nodes,
        HikariDataSource database,
        Runnable closing)
        implements AutoCloseable {

    enum Engine {
        IN_MEMORY,
        H2_JDBC,
        H2_JPA,
        POSTGRES_JDBC,
        POSTGRES_JPA;

        TestTokenStores open() {
            return switch (this) {
                case IN_MEMORY -> inMemory();
                case H2_JDBC -> jdbc(TestDatabases.h2LikePostgres(), Serializers.JACKSON_2.serializer());
                case H2_JPA -> jpa(TestDatabases.h2(), Serializers.XSTREAM.serializer());
                case POSTGRES_JDBC -> jdbc(TestDatabases.postgres(), Serializers.XSTREAM.serializer());
                case POSTGRES_JPA -> jpa(TestDatabases.postgres(), Serializers.JACKSON_2.serializer());
            };
        }
    }

    private static TestTokenStores inMemory() {
        TokenStore store = new InMemoryTokenStore();
        return new TestTokenStores(NoTransactionManager.instance(), node -> store, null, () -> {});
    }

    static TestTokenStores jdbc(HikariDataSource database, Serializer serializer) {
        var connections = new TransactionAwareDataSourceProxy(database);
        Function<String, JdbcTokenStore> nodes = node -> JdbcTokenStore.builder()
                .connectionProvider(connections::getConnection)
                .serializer(serializer)
                .nodeId(node)
                .build();
        nodes.apply("schema").createSchema(PostgresTokenTableFactory.INSTANCE);
        return new TestTokenStores(
                new SpringTransactions(new DataSourceTransactionManager(database)), nodes::apply, database, () -> {});
    }

    static TestTokenStores jpa(HikariDataSource database, Serializer serializer) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(database);
        factory.setPackagesToScan("org.axonframework.eventhandling.tokenstore.jpa");
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        Properties properties = new Properties();
        properties.setProperty("hibernate.hbm2ddl.auto", "create");
        factory.setJpaProperties(properties);
        factory.afterPropertiesSet();
        EntityManager entities = SharedEntityManagerCreator.createSharedEntityManager(factory.getObject());
        return new TestTokenStores(
                new SpringTransactions(new JpaTransactionManager(factory.getObject())),
                node -> JpaTokenStore.builder()
                        .entityManagerProvider(new SimpleEntityManagerProvider(entities))
                        .serializer(serializer)
                        .nodeId(node)
                        .build(),
                database,
                factory::destroy);
    }

    /** Axon's store of a node. */
    TokenStore plain(String node) {
        return nodes.apply(node);
    }

    <T> T inTransaction(Supplier<T> work) {
        return transactions.fetchInTransaction(work);
    }

    void inTransaction(Runnable work) {
        transactions.executeInTransaction(work);
    }

    /** As if no node had written to its rows for an hour. */
    void expireClaims() {
        TestDatabases.execute(database, "UPDATE TokenEntry SET timestamp = '2020-01-01T00:00:00Z'");
    }

    @Override
    public void close() {
        closing.run();
        if (database != null) {
            database.close();
        }
    }

    private record SpringTransactions(PlatformTransactionManager manager) implements TransactionManager {

        @Override
        public Transaction startTransaction() {
            var status = manager.getTransaction(null);
            return new Transaction() {
                @Override
                public void commit() {
                    if (status.isNewTransaction() && !status.isCompleted()) {
                        manager.commit(status);
                    }
                }

                @Override
                public void rollback() {
                    if (status.isNewTransaction() && !status.isCompleted()) {
                        manager.rollback(status);
                    }
                }
            };
        }
    }
}
