package dev.coherence.spring.boot.jpa;

import jakarta.persistence.spi.PersistenceUnitInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.jpa.DomainEventEntry;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistry;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.mapping.PersistentClass;
import org.jspecify.annotations.Nullable;

/**
 * Asks Hibernate how a persistence unit will map Axon's event entry, before the unit is built: maps only that entity, with
 * the unit's mapping files and the settings that have a say in names. Touches nothing in the database.
 */
final class MappingProbe {

    private static final String DATA_SOURCE = "hibernate.connection.datasource";
    private static final String DEFAULT_SCHEMA = "hibernate.default_schema";
    private static final String MISMATCH = "hibernate.id.sequence.increment_size_mismatch_strategy";

    private final PersistenceUnitInfo unit;
    private final Map<String, Object> properties;

    MappingProbe(PersistenceUnitInfo unit, Map<String, Object> properties) {
        this.unit = unit;
        this.properties = properties;
    }

    /**
     * Returns the mapping.
     *
     * @param additionalFile a mapping file that the unit does not have
     * @throws RuntimeException if Hibernate rejects the mapping
     */
    MappedEvents mapping(String... additionalFile) {
        Map<String, Object> settings = settings();
        BootstrapServiceRegistry bootstrap = new BootstrapServiceRegistryBuilder()
                .applyClassLoader(unit.getClassLoader())
                .build();
        StandardServiceRegistry registry = new StandardServiceRegistryBuilder(bootstrap)
                .applySettings(settings)
                .build();
        try {
            MetadataSources sources = new MetadataSources(registry).addAnnotatedClass(DomainEventEntry.class);
            mappingFiles().forEach(sources::addResource);
            List.of(additionalFile).forEach(sources::addResource);
            Metadata metadata = sources.buildMetadata();
            PersistentClass entity = metadata.getEntityBinding(DomainEventEntry.class.getName());
            if (entity == null) {
                throw new IllegalStateException("Hibernate does not map " + DomainEventEntry.class.getName());
            }
            return MappedEvents.of(
                    metadata,
                    entity,
                    registry.requireService(JdbcEnvironment.class).getDialect(),
                    (String) settings.get(DEFAULT_SCHEMA));
        } finally {
            StandardServiceRegistryBuilder.destroy(registry);
            BootstrapServiceRegistryBuilder.destroy(bootstrap);
        }
    }

    private List<String> mappingFiles() {
        List<String> files = new ArrayList<>(unit.getMappingFileNames());
        if (properties.get(EventStoreUnit.MAPPING_FILES) instanceof List<?> more) {
            more.forEach(file -> files.add(file.toString()));
        }
        return files;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        unit.getProperties().forEach((name, value) -> settings.put(name.toString(), value));
        settings.putAll(properties);
        settings.keySet().removeIf(name -> !namesThings(name));
        settings.put(MISMATCH, "none"); // the mapping is what is asked for, whatever the database has
        DataSource dataSource = dataSource(unit);
        if (dataSource != null) {
            settings.put(DATA_SOURCE, dataSource);
        }
        return settings;
    }

    /** Leaves out what starts more than names, such as caches and bean containers. */
    private static boolean namesThings(String setting) {
        return setting.contains("naming")
                || setting.contains("quot")
                || setting.startsWith("hibernate.id.")
                || setting.startsWith("hibernate.default_")
                || setting.startsWith("hibernate.dialect");
    }

    static @Nullable DataSource dataSource(PersistenceUnitInfo unit) {
        return unit.getNonJtaDataSource() != null ? unit.getNonJtaDataSource() : unit.getJtaDataSource();
    }
}
