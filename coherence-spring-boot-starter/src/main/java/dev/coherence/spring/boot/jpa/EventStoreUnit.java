package dev.coherence.spring.boot.jpa;

import jakarta.persistence.spi.PersistenceUnitInfo;
import java.lang.invoke.MethodHandles;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.jpa.DomainEventEntry;
import org.hibernate.Version;
import org.hibernate.dialect.PostgreSQLDialect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the properties of a persistence unit that holds Axon's event entry, before Hibernate builds it:
 *
 * <ol>
 *   <li>A unit without that entity is left as it is.
 *   <li>Hibernate is asked how it will map the entity as things stand. If it cannot tell, the unit is left as it is, and
 *       the check of the finished mapping ({@link GlobalIndexCheck}) says what to do.
 *   <li>If the application has not mapped the numbers of events itself, a mapping file is added that takes them one by
 *       one; unless the application accepts unordered numbers.
 *   <li>On PostgreSQL, if no dialect is configured and no large object is at stake, {@link ByteaPostgreSQLDialect} is.
 * </ol>
 */
final class EventStoreUnit {

    private static final Logger logger =
            LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

    private static final String DIALECT = "hibernate.dialect";
    /** Hibernate's setting for mapping files beside those of the unit. */
    static final String MAPPING_FILES = "hibernate.orm_xml_files";

    private final PersistenceUnitInfo unit;
    private final Map<String, Object> properties;

    EventStoreUnit(PersistenceUnitInfo unit, Map<?, ?> properties) {
        this.unit = unit;
        this.properties = new HashMap<>();
        properties.forEach((name, value) -> this.properties.put(name.toString(), value));
    }

    /**
     * Returns the properties to build the unit with.
     *
     * @param mapNumbers whether a mapping of the event numbers is supplied where the application has none
     */
    Map<String, Object> completedProperties(boolean mapNumbers) {
        if (unit.getManagedClassNames().contains(DomainEventEntry.class.getName())) {
            try {
                complete(mapNumbers);
            } catch (RuntimeException | SQLException | LinkageError e) {
                logger.warn("Persistence unit {}: Axon's event entry could not be looked at", name(), e);
            }
        }
        return properties;
    }

    private void complete(boolean mapNumbers) throws SQLException {
        MappingProbe probe = new MappingProbe(unit, properties);
        MappedEvents events = probe.mapping();
        if (mapNumbers && numbersAreUnmapped(probe, events)) {
            List<Object> files = new ArrayList<>();
            if (properties.get(MAPPING_FILES) instanceof List<?> present) {
                files.addAll(present);
            }
            files.add(mappingFile());
            properties.put(MAPPING_FILES, files);
            logger.info("Persistence unit {}: numbers of events are taken one by one ({})", name(), mappingFile());
        }
        if (dialectIsOpen() && events.dialect().getClass() == PostgreSQLDialect.class) {
            chooseBytea(events);
        }
    }

    private boolean numbersAreUnmapped(MappingProbe probe, MappedEvents asItStands) {
        try {
            return probe.mapping(mappingFile()).onlyNumbersOneByOneUnlike(asItStands);
        } catch (RuntimeException e) {
            logger.debug("Persistence unit {}: the application maps the numbers of events itself", name(), e);
            return false;
        }
    }

    private void chooseBytea(MappedEvents events) throws SQLException {
        DataSource dataSource = MappingProbe.dataSource(unit);
        if (dataSource != null && LargeObjects.allowBytea(dataSource, events)) {
            properties.put(DIALECT, ByteaPostgreSQLDialect.class.getName());
            logger.info("Persistence unit {}: BLOB is mapped to bytea", name());
        } else {
            logger.info("Persistence unit {}: BLOB stays a large object, because the database has some", name());
        }
    }

    private boolean dialectIsOpen() {
        return properties.keySet().stream().noneMatch(name -> name.startsWith(DIALECT))
                && unit.getProperties().stringPropertyNames().stream().noneMatch(name -> name.startsWith(DIALECT));
    }

    /** Hibernate 6 reads the same file, but without effect: there a generator needs a name. */
    static String mappingFile() {
        String hibernate = Version.getVersionString().startsWith("6.") ? "6" : "7";
        return "dev/coherence/spring/boot/jpa/global-index-hibernate-%s.xml".formatted(hibernate);
    }

    private String name() {
        return unit.getPersistenceUnitName();
    }
}
