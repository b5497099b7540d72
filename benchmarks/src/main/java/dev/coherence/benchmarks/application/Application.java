package dev.coherence.benchmarks.application;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.effect.Effects;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.benchmarks.book.Book;
import dev.coherence.conflict.ConflictPolicy;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.eventsourcing.eventstore.jpa.SQLStateResolver;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * An Axon application with nothing in it but {@link Book}: a simple command bus, JDBC, Jackson, and the transactions
 * of Spring. Thread-safe.
 */
public final class Application implements AutoCloseable {

    private static final String KEY = "encryption-key";

    private final Database database;
    private final Configuration configuration;
    private final JdbcEventStorageEngine engine;
    private final CommandGateway gateway;

    private Application(Configuration configuration, JdbcEventStorageEngine engine, Database database) {
        this.database = database;
        this.configuration = configuration;
        this.engine = engine;
        this.gateway = configuration.commandGateway();
    }

    /** Starts the application on an empty database, with nothing but Axon. */
    public static Application plainAxon(Database database) {
        return start(database, configurer -> {});
    }

    /** Starts the application on an empty database, with coherence in it. */
    public static Application withCoherence(Database database, ConflictPolicy policy) {
        return start(database, configurer -> CoherentSide.extend(configurer, database, policy));
    }

    private static Application start(Database database, Consumer<Configurer> extension) {
        Serializer serializer = serializer();
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .connectionProvider(database.connections())
                .transactionManager(database.transactions())
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .persistenceExceptionResolver(new SQLStateResolver("23505"))
                .build();
        database.transactions().executeInTransaction(() -> {
            engine.createSchema(PostgresEventTableFactory.INSTANCE);
            JdbcTokenStore.builder()
                    .connectionProvider(database.connections())
                    .serializer(serializer)
                    .build()
                    .createSchema(PostgresTokenTableFactory.INSTANCE);
        });
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .configureSerializer(config -> serializer)
                .configureTransactionManager(config -> database.transactions())
                .configureEmbeddedEventStore(config -> engine)
                .configureAggregate(Book.class);
        extension.accept(configurer);
        return new Application(configurer.start(), engine, database);
    }

    /** The serializer of everything; a snapshot is written field by field. */
    static Serializer serializer() {
        return JacksonSerializer.builder()
                .objectMapper(new ObjectMapper().setVisibility(PropertyAccessor.FIELD, Visibility.ANY))
                .build();
    }

    /** Sends a command and waits until it is done; throws what its handling threw. */
    public void send(Object command) {
        gateway.sendAndWait(command);
    }

    /** Stores events as if aggregates had applied them, all in one transaction. */
    public void publish(List<? extends DomainEventMessage<?>> events) {
        inTransaction(() -> configuration.eventStore().publish(events));
    }

    /** Stores a snapshot, in place of earlier ones. */
    public void storeSnapshot(DomainEventMessage<Book> snapshot) {
        inTransaction(() -> engine.storeSnapshot(snapshot));
    }

    EventStore eventStore() {
        return configuration.eventStore();
    }

    /** The index of an application with coherence. */
    EventIndex index() {
        return requireNonNull(
                configuration.getComponent(EventIndex.class), "only an application with coherence has an index");
    }

    /** Fires an effect on an encryption key, of an application with coherence. */
    public void expire(String key) {
        configuration.getComponent(Effects.class).fire(new Effect("key-expired", Identity.of(KEY, key)));
    }

    private void inTransaction(Runnable work) {
        UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
        unitOfWork.attachTransaction(database.transactions());
        unitOfWork.execute(work);
    }

    @Override
    public void close() {
        configuration.shutdown();
    }
}
