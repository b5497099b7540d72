package dev.coherence.spring.boot.jpa;

import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.spring.boot.store.EventIndexFactory;
import dev.coherence.spring.boot.store.IndexParts;
import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;

/**
 * For Axon's JPA engine with Hibernate. Names come from Hibernate's finished mapping; connections are those of the
 * transactions that Spring's {@code JpaTransactionManager} opens for the entity manager.
 */
public final class JpaEventIndexFactory implements EventIndexFactory {

    private final IndexParts parts;
    private final Supplier<EntityManagerFactory> entityManagers;
    private final Supplier<DataSource> otherwise;
    private final @Nullable EventTable givenTable;
    private final boolean checkNumbers;

    /**
     * Creates the factory.
     *
     * @param parts what the index is made of
     * @param entityManagers the factory of the entity managers that the engine works with; asked for that engine only
     * @param otherwise the database of the event store, if Spring does not know that of the factory
     * @param givenTable the names of the event table; without them, those of Hibernate's mapping count
     * @param checkNumbers whether a sequence that numbers events in another order than they are stored in is refused
     */
    public JpaEventIndexFactory(
            IndexParts parts,
            Supplier<EntityManagerFactory> entityManagers,
            Supplier<DataSource> otherwise,
            @Nullable EventTable givenTable,
            boolean checkNumbers) {
        this.parts = parts;
        this.entityManagers = entityManagers;
        this.otherwise = otherwise;
        this.givenTable = givenTable;
        this.checkNumbers = checkNumbers;
    }

    @Override
    public Optional<EventIndex> index(EventStorageEngine engine) {
        if (!(engine instanceof JpaEventStorageEngine)) {
            return Optional.empty();
        }
        EntityManagerFactory factory = entityManagers.get();
        SpringDataSourceConnectionProvider connections = new SpringDataSourceConnectionProvider(dataSource(factory));
        if (givenTable != null) {
            return Optional.of(parts.over(connections, givenTable, connection -> {}));
        }
        EventEntity entity = EventEntity.in(factory);
        IndexParts.StartCheck check = checkNumbers ? new GlobalIndexCheck(entity)::check : connection -> {};
        return Optional.of(parts.over(connections, entity.table(), check));
    }

    private DataSource dataSource(EntityManagerFactory factory) {
        DataSource ofFactory = factory instanceof EntityManagerFactoryInfo info ? info.getDataSource() : null;
        return ofFactory == null ? otherwise.get() : ofFactory;
    }
}
