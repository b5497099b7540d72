package dev.coherence.axon;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.jdbc.ConcurrentChangeResolver;
import dev.coherence.axon.jdbc.IndexSchema;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.axon.jdbc.JdbcEventIndexBuilder;
import dev.coherence.axon.storage.StreamNames;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.jpa.SimpleEntityManagerProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jpa.JpaTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.lifecycle.Lifecycle.LifecycleRegistry;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** An event store with an event log on it, over one of the engines that coherence supports. */
public final class TestStore implements AutoCloseable {

    /** The engine, or the pair of engine and database. */
    public enum Engine {
        IN_MEMORY,
        H2_JDBC,
        H2_JDBC_WITHOUT_SPRING,
        H2_JPA,
        POSTGRES_JDBC,
        POSTGRES_JPA;

        /** An empty store without annotated kinds. */
        public TestStore open() {
            return open(Set.of());
        }

        /** An empty store in which the kinds count as declared by annotated aggregates. */
        public TestStore open(Set<String> annotatedKinds) {
            return open(new StreamNames(() -> annotatedKinds));
        }

        /** An empty store with identities mapped to streams as given. */
        public TestStore open(StreamNames names) {
            return open(
                    names,
                    switch (this) {
                        case IN_MEMORY, H2_JDBC -> Serializers.JACKSON_2;
                        case H2_JPA, POSTGRES_JDBC -> Serializers.JACKSON_3;
                        case H2_JDBC_WITHOUT_SPRING, POSTGRES_JPA -> Serializers.XSTREAM;
                    });
        }

        /** The same with another serializer, which the in-memory engine does not need. */
        public TestStore open(StreamNames names, Serializers format) {
            return switch (this) {
                case IN_MEMORY -> inMemory(names);
                case H2_JDBC -> jdbc(TestDatabases.h2LikePostgres(), format, names);
                case H2_JDBC_WITHOUT_SPRING -> jdbcWithoutSpring(TestDatabases.h2WithoutAutoCommit(), format, names);
                case H2_JPA -> jpa(TestDatabases.h2(), format, names);
                case POSTGRES_JDBC -> jdbc(TestDatabases.postgres(), format, names);
                case POSTGRES_JPA -> jpa(TestDatabases.postgres(), format, names);
            };
        }
    }

    public final EmbeddedEventStore eventStore;
    public final AxonEventLog log;
    public final EventIndex index;
    public final TransactionManager transactions;
    private final EventStorageEngine engine;
    private final @Nullable Supplier<JdbcEventIndexBuilder> indexes;
    private final @Nullable HikariDataSource database;
    private final @Nullable EntityManagerFactory entityManagers;
    private final Runnable closing;

    /** Outlives the applications that use it; one that was shut down has no producer any more, and delivers by chance only. */
    private static final class Shared extends EmbeddedEventStore {

        Shared(EventStorageEngine engine) {
            super(builder().storageEngine(engine));
        }

        @Override
        public void registerLifecycleHandlers(LifecycleRegistry handle) {
            // it is shut down with the store
        }
    }

    private TestStore(
            EventStorageEngine engine,
            EventIndex index,
            @Nullable Supplier<JdbcEventIndexBuilder> indexes,
            TransactionManager transactions,
            @Nullable HikariDataSource database,
            @Nullable EntityManagerFactory entityManagers,
            Runnable closing) {
        this.engine = engine;
        this.database = database;
        this.entityManagers = entityManagers;
        this.eventStore = new Shared(engine);
        this.index = index;
        this.indexes = indexes;
        this.transactions = transactions;
        this.closing = closing;
        this.log = AxonEventLog.builder()
                .eventStore(eventStore)
                .transactionManager(transactions)
                .index(index)
                .build();
    }

    /** The serializer of events where a test does not care. */
    public static Serializer serializer() {
        return Serializers.JACKSON_2.serializer();
    }

    private static TestStore inMemory(StreamNames names) {
        InMemoryEventStorageEngine engine = new InMemoryEventStorageEngine(1);
        return new TestStore(
                engine,
                new InMemoryEventIndex(engine, names),
                null,
                NoTransactionManager.instance(),
                null,
                null,
                () -> {});
    }

    /** A store on tables that exist already, as another process of the same application would have it. */
    public static TestStore onExistingTables(HikariDataSource database) {
        ConnectionProvider connections = new SpringConnectionProvider(database);
        TransactionManager transactions = new SpringTransactions(new DataSourceTransactionManager(database));
        return overDatabase(
                database,
                jdbcEngine(connections, transactions, Serializers.JACKSON_3.serializer()),
                connections,
                transactions,
                Serializers.JACKSON_3.serializer(),
                StreamNames.withoutAnnotatedKinds(),
                null,
                () -> {});
    }

    private static TestStore jdbc(HikariDataSource database, Serializers format, StreamNames names) {
        return onJdbc(
                database,
                new SpringConnectionProvider(database),
                new SpringTransactions(new DataSourceTransactionManager(database)),
                format.serializer(),
                names);
    }

    private static TestStore jdbcWithoutSpring(HikariDataSource database, Serializers format, StreamNames names) {
        ConnectionProvider connections =
                new UnitOfWorkAwareConnectionProviderWrapper(new DataSourceConnectionProvider(database));
        return onJdbc(database, connections, NoTransactionManager.instance(), format.serializer(), names);
    }

    private static TestStore onJdbc(
            HikariDataSource database,
            ConnectionProvider connections,
            TransactionManager transactions,
            Serializer serializer,
            StreamNames names) {
        JdbcEventStorageEngine engine = jdbcEngine(connections, transactions, serializer);
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        createIndexTables(database);
        return overDatabase(database, engine, connections, transactions, serializer, names, null, () -> {});
    }

    private static JdbcEventStorageEngine jdbcEngine(
            ConnectionProvider connections, TransactionManager transactions, Serializer serializer) {
        return JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .persistenceExceptionResolver(new ConcurrentChangeResolver())
                .build();
    }

    private static TestStore jpa(HikariDataSource database, Serializers format, StreamNames names) {
        LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(database);
        factory.setPackagesToScan(
                "org.axonframework.eventsourcing.eventstore.jpa", "org.axonframework.eventhandling.tokenstore.jpa");
        factory.setMappingResources("META-INF/axon-orm.xml");
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        Properties properties = new Properties();
        properties.setProperty("hibernate.hbm2ddl.auto", "create");
        factory.setJpaProperties(properties);
        factory.afterPropertiesSet();
        EntityManagerFactory entityManagers = factory.getObject();
        TransactionManager transactions = new SpringTransactions(new JpaTransactionManager(entityManagers));
        Serializer serializer = format.serializer();
        EventStorageEngine engine = JpaEventStorageEngine.builder()
                .entityManagerProvider(new SimpleEntityManagerProvider(
                        SharedEntityManagerCreator.createSharedEntityManager(entityManagers)))
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .persistenceExceptionResolver(new ConcurrentChangeResolver())
                .build();
        createIndexTables(database);
        return overDatabase(
                database,
                engine,
                new SpringConnectionProvider(database),
                transactions,
                serializer,
                names,
                entityManagers,
                factory::destroy);
    }

    private static TestStore overDatabase(
            HikariDataSource database,
            EventStorageEngine engine,
            ConnectionProvider connections,
            TransactionManager transactions,
            Serializer serializer,
            StreamNames names,
            @Nullable EntityManagerFactory entityManagers,
            Runnable closing) {
        Supplier<JdbcEventIndexBuilder> indexes = () -> JdbcEventIndex.builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .serializer(serializer)
                .streamNames(names);
        EventIndex index = indexes.get().build();
        return new TestStore(engine, index, indexes, transactions, database, entityManagers, closing);
    }

    /** Begins another index over the same tables, as another node has it. */
    public JdbcEventIndexBuilder anotherIndex() {
        return requireNonNull(indexes).get();
    }

    static void createIndexTables(DataSource database) {
        try (Connection connection = database.getConnection()) {
            IndexSchema.create(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does the work in a unit of work with a transaction, and commits. */
    public <T> T inTransaction(Supplier<T> work) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(GenericMessage.asMessage("test"));
        unitOfWork.attachTransaction(transactions);
        try {
            T result = work.get();
            unitOfWork.commit();
            return result;
        } catch (RuntimeException | Error e) {
            if (unitOfWork.isActive()) {
                unitOfWork.rollback(e);
            }
            throw e;
        }
    }

    /** Appends events as they are, as aggregates do. */
    public void publish(EventMessage<?>... events) {
        inTransaction(() -> {
            eventStore.publish(events);
            return events;
        });
    }

    /** The same events as another node has them, which looks for new ones every few milliseconds. */
    public EmbeddedEventStore eventStoreOfAnotherNode() {
        return EmbeddedEventStore.builder().storageEngine(engine).fetchDelay(10).build();
    }

    /**
     * A node's token store in the database of the events, with JPA if these are stored with JPA. Its table is there with JPA,
     * and is to be made with {@link #createTokenTable()} otherwise.
     */
    public TokenStore tokenStore(String node, Duration claimTimeout, Serializer serializer) {
        return entityManagers == null
                ? jdbcTokenStore(node, claimTimeout, serializer)
                : JpaTokenStore.builder()
                        .entityManagerProvider(new SimpleEntityManagerProvider(
                                SharedEntityManagerCreator.createSharedEntityManager(entityManagers)))
                        .serializer(serializer)
                        .claimTimeout(claimTimeout)
                        .nodeId(node)
                        .build();
    }

    /** Makes the table of tokens, unless JPA has made it. */
    public void createTokenTable() {
        if (entityManagers == null) {
            jdbcTokenStore("schema", Duration.ZERO, serializer()).createSchema(PostgresTokenTableFactory.INSTANCE);
        }
    }

    private JdbcTokenStore jdbcTokenStore(String node, Duration claimTimeout, Serializer serializer) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections())
                .serializer(serializer)
                .claimTimeout(claimTimeout)
                .nodeId(node)
                .build();
    }

    /** The connection of the present transaction, where Spring makes these. */
    public ConnectionProvider connections() {
        return new SpringConnectionProvider(database());
    }

    /** The database below the store. */
    public HikariDataSource database() {
        return requireNonNull(database);
    }

    /** Removes all events and everything that the index holds; sequences go on. */
    public void empty() {
        for (String table : List.of("DomainEventEntry", "coherence_link", "coherence_effect", "coherence_replay")) {
            TestDatabases.execute(database(), "DELETE FROM " + table);
        }
    }

    @Override
    public void close() {
        log.close();
        eventStore.shutDown();
        closing.run();
        if (database != null) {
            database.close();
        }
    }
}
