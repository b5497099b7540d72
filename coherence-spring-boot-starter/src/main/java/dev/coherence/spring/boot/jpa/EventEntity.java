package dev.coherence.spring.boot.jpa;

import dev.coherence.axon.jdbc.EventTable;
import dev.coherence.spring.boot.failure.UnusableEventStoreException;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.AbstractSequencedDomainEventEntry;
import org.hibernate.boot.model.relational.QualifiedName;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.generator.Generator;
import org.hibernate.id.OptimizableGenerator;
import org.hibernate.id.enhanced.SequenceStyleGenerator;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.persister.entity.EntityPersister;

/** The entity that events are stored as, in the mapping that Hibernate works with. */
final class EventEntity {

    private final SessionFactoryImplementor sessionFactory;
    private final EntityPersister entity;

    private EventEntity(SessionFactoryImplementor sessionFactory, EntityPersister entity) {
        this.sessionFactory = sessionFactory;
        this.entity = entity;
    }

    /**
     * Finds the entity.
     *
     * @throws UnusableEventStoreException if there is none, or more than one
     */
    static EventEntity in(EntityManagerFactory factory) {
        SessionFactoryImplementor sessionFactory = factory.unwrap(SessionFactoryImplementor.class);
        List<EntityPersister> found = new ArrayList<>();
        sessionFactory.getMappingMetamodel().forEachEntityDescriptor(candidate -> {
            if (AbstractSequencedDomainEventEntry.class.isAssignableFrom(candidate.getMappedClass())) {
                found.add(candidate);
            }
        });
        if (found.size() != 1) {
            throw new UnusableEventStoreException(
                    "Events are stored with Axon's JPA engine, but %s in the persistence unit: %s."
                            .formatted(
                                    found.isEmpty() ? "no event entity is" : "several event entities are",
                                    found.stream()
                                            .map(EntityPersister::getEntityName)
                                            .toList()),
                    "Let the entity scan find org.axonframework.eventsourcing.eventstore.jpa, and one event entity only;"
                            + " or define a bean of type dev.coherence.axon.jdbc.EventTable with the names of the table.");
        }
        return new EventEntity(sessionFactory, found.get(0));
    }

    /** Returns the name of the entity class. */
    String name() {
        return entity.getEntityName();
    }

    /** Returns the names of the table and its columns, as Hibernate writes them in SQL. */
    EventTable table() {
        BasicValuedModelPart globalIndex = (BasicValuedModelPart) entity.getIdentifierMapping();
        return new EventTable(
                globalIndex.getContainingTableExpression(),
                globalIndex.getSelectionExpression(),
                column("eventIdentifier"),
                column("aggregateIdentifier"),
                column("sequenceNumber"),
                column("type"),
                column("timeStamp"),
                column("payloadType"),
                column("payloadRevision"),
                column("payload"),
                column("metaData"));
    }

    private String column(String attribute) {
        ModelPart part = entity.findAttributeMapping(attribute);
        if (part instanceof BasicValuedModelPart basic) {
            return basic.getSelectionExpression();
        }
        throw new UnusableEventStoreException(
                "The event entity %s maps %s to no single column.".formatted(name(), attribute),
                "Map it to one, or define a bean of type dev.coherence.axon.jdbc.EventTable with the names of the columns.");
    }

    /** Returns how many numbers are taken from the database at once; 1 where the database gives each by itself. */
    int numbersAtOnce() {
        Generator generator = entity.getGenerator();
        if (generator instanceof SequenceStyleGenerator sequence) {
            return sequence.getDatabaseStructure().getIncrementSize();
        }
        return generator instanceof OptimizableGenerator optimizable
                ? optimizable.getOptimizer().getIncrementSize()
                : 1;
    }

    /** Returns the sequence that numbers are taken from; nothing if it is an identity column or a table. */
    Optional<SequenceName> sequence() {
        return entity.getGenerator() instanceof SequenceStyleGenerator generator
                        && generator.getDatabaseStructure().isPhysicalSequence()
                ? Optional.of(sequenceName(generator.getDatabaseStructure().getPhysicalName()))
                : Optional.empty();
    }

    private SequenceName sequenceName(QualifiedName name) {
        String inSql = sessionFactory.getSqlStringGenerationContext().format(name);
        return new SequenceName(inSql, name.getObjectName().getText());
    }
}
