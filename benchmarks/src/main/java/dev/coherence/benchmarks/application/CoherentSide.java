package dev.coherence.benchmarks.application;

import dev.coherence.CoherenceSettings;
import dev.coherence.axon.configuration.CoherenceModule;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.jdbc.IndexSchema;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.conflict.ConflictPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;

/** All that an application does to have coherence. */
final class CoherentSide {

    private CoherentSide() {}

    /** Adds coherence to an application that is about to start on the database, whose index tables do not exist yet. */
    static void extend(Configurer configurer, Database database, ConflictPolicy policy) {
        database.transactions().executeInTransaction(() -> createIndexTables(database));
        CoherenceModule.builder()
                .settings(CoherenceSettings.withSource("benchmarks").withPolicy(policy))
                .index(config -> index(config, database))
                .build()
                .configureModule(configurer);
    }

    private static EventIndex index(Configuration config, Database database) {
        return JdbcEventIndex.builder()
                .connectionProvider(database.connections())
                .transactionManager(database.transactions())
                .serializer(config.eventSerializer())
                .streamNames(config.getComponent(StreamNames.class))
                .build();
    }

    private static void createIndexTables(Database database) {
        try (Connection connection = database.connections().getConnection()) {
            IndexSchema.create(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The tables of the index cannot be created", e);
        }
    }
}
