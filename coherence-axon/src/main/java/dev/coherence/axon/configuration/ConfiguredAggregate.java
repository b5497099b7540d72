package dev.coherence.axon.configuration;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Component;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AggregateModel;

/** An annotated aggregate of an Axon configuration. Thread-safe. */
final class ConfiguredAggregate {

    private final AggregateConfiguration<?> configuration;
    private final DeclaredAggregate declared;

    ConfiguredAggregate(AggregateConfiguration<?> configuration) {
        this.configuration = configuration;
        this.declared = declaredBy(configuration);
    }

    /** Axon keeps to itself the model that it has made of an aggregate, and the sub types it was given. */
    private static DeclaredAggregate declaredBy(AggregateConfiguration<?> configuration) {
        if (!(configuration instanceof AggregateConfigurer)) {
            throw new AxonConfigurationException(
                    "coherence knows aggregates that an org.axonframework.config.AggregateConfigurer configures, but %s is configured by a %s"
                            .formatted(
                                    configuration.aggregateType().getName(),
                                    configuration.getClass().getName()));
        }
        Component<?> model = (Component<?>) field(AggregateConfigurer.class, "metaModel", configuration);
        List<Class<?>> subTypes = new ArrayList<>();
        ((Collection<?>) field(AggregateConfigurer.class, "subtypes", configuration))
                .forEach(type -> subTypes.add((Class<?>) type));
        return new DeclaredAggregate(configuration.aggregateType(), subTypes, (AggregateModel<?>) model.get());
    }

    DeclaredAggregate declared() {
        return declared;
    }

    String kind() {
        return declared.kind();
    }

    Repository<?> repository() {
        return configuration.repository();
    }

    /** The cache of the repository, which has no way to drop one aggregate. */
    Optional<Cache> cache() {
        return repository() instanceof CachingEventSourcingRepository<?> repository
                ? Optional.of((Cache) field(CachingEventSourcingRepository.class, "cache", repository))
                : Optional.empty();
    }

    private static Object field(Class<?> type, String name, Object owner) {
        try {
            Field field = type.getDeclaredField(name);
            return ReflectionUtils.getFieldValue(field, owner);
        } catch (NoSuchFieldException e) {
            throw new AxonConfigurationException(
                    "coherence reads the field %s of %s, which this version of Axon does not have; use Axon 4.13"
                            .formatted(name, type.getName()),
                    e);
        }
    }
}
