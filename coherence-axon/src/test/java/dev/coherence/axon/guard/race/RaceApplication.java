package dev.coherence.axon.guard.race;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.axon.SpringConnectionProvider;
import dev.coherence.axon.SpringTransactions;
import dev.coherence.axon.configuration.CoherenceModule;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.jdbc.ConcurrentChangeResolver;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.axon.storage.StreamNames;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.modelling.command.Repository;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The application whose processes race, on tables that exist already. */
final class RaceApplication implements AutoCloseable {

    private static final int EVENTS_PER_SNAPSHOT = 7;

    final Configuration axon;
    final Coherence coherence;
    final EventIndex index;
    private final HikariDataSource database;

    private RaceApplication(HikariDataSource database, Configuration axon) {
        this.database = database;
        this.axon = axon;
        this.coherence = axon.getComponent(Coherence.class);
        this.index = axon.getComponent(EventIndex.class);
    }

    static Serializer serializer() {
        return Jackson3Serializer.builder().build();
    }

    static RaceApplication start(HikariDataSource database, String source) {
        ConnectionProvider connections = new SpringConnectionProvider(database);
        TransactionManager transactions = new SpringTransactions(new DataSourceTransactionManager(database));
        Configurer configurer = DefaultConfigurer.defaultConfiguration()
                .configureSerializer(config -> serializer())
                .registerComponent(TransactionManager.class, config -> transactions)
                .configureEmbeddedEventStore(config -> engine(config, connections))
                .configureAggregate(AggregateConfigurer.defaultConfiguration(Article.class)
                        .configureSnapshotTrigger(config ->
                                new EventCountSnapshotTriggerDefinition(config.snapshotter(), EVENTS_PER_SNAPSHOT)))
                .configureAggregate(AggregateConfigurer.defaultConfiguration(Profile.class)
                        .configureCache(config -> new WeakReferenceCache()))
                .registerCommandHandler(Commands::new);
        CoherenceModule.builder()
                .settings(CoherenceSettings.withSource(source))
                .index(config -> JdbcEventIndex.builder()
                        .connectionProvider(connections)
                        .transactionManager(config.getComponent(TransactionManager.class))
                        .serializer(config.eventSerializer())
                        .streamNames(requireNonNull(config.getComponent(StreamNames.class)))
                        .build())
                .build()
                .configureModule(configurer);
        return new RaceApplication(database, configurer.start());
    }

    private static JdbcEventStorageEngine engine(Configuration config, ConnectionProvider connections) {
        return JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(config.getComponent(TransactionManager.class))
                .eventSerializer(config.eventSerializer())
                .snapshotSerializer(config.serializer())
                .persistenceExceptionResolver(new ConcurrentChangeResolver())
                .build();
    }

    /** The state of an aggregate, as its repository loads it in the present unit of work. */
    String content(Target target) {
        return target.kind().equals(Target.ARTICLE)
                ? content(axon.repository(Article.class), target)
                : content(axon.repository(Profile.class), target);
    }

    private static <E extends Entry> String content(Repository<E> repository, Target target) {
        return repository.load(target.id()).invoke(entry -> entry.content().toString());
    }

    @Override
    public void close() {
        axon.shutdown();
        database.close();
    }
}
