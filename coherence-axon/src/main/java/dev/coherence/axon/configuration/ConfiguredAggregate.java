package dev.coherence.axon.configuration;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.common.ReflectionUtils;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Component;
import org.axonframework.eventsourcing.CachingEventSourcingRepository;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AggregateModel;

/** An annotated aggregate of an Axon configuration. Thread-safe. */
final class ConfiguredAggregate {

    private final AggregateConfiguration<?> configuration;
    private final AggregateModel<?> model;

    ConfiguredAggregate(AggregateConfiguration<?> configuration) {
        this.configuration = configuration;
        this.model = modelOf(configuration);
    }

    /** Axon keeps to itself the model that it has made of an aggregate and of the sub types it was given. */
    private static AggregateModel<?> modelOf(AggregateConfiguration<?> configuration) {
        if (!(configuration instanceof AggregateConfigurer)) {
            throw new AxonConfigurationException(
                    "coherence knows aggregates that an org.axonframework.config.AggregateConfigurer configures, but %s is configured by a %s"
                            .formatted(
                                    configuration.aggregateType().getName(),
                                    configuration.getClass().getName()));
        }
        Component<?> model = (Component<?>) field(AggregateConfigurer.class, "metaModel", configuration);
        return (AggregateModel<?>) model.get();
    }

    /** The Axon type of the root class. */
    String kind() {
        return model.type();
    }

    /** The root class and its sub types. */
    Set<Class<?>> classes() {
        Set<Class<?>> classes = new LinkedHashSet<>();
        classes.add(configuration.aggregateType());
        Set<?> subTypes = (Set<?>) field(AggregateConfigurer.class, "subtypes", configuration);
        subTypes.forEach(type -> classes.add((Class<?>) type));
        return classes;
    }

    /** What Axon stores as type of events of the root class and its sub types. */
    Set<String> types() {
        return Stream.concat(
                        Stream.of(kind()),
                        classes().stream().map(type -> model.declaredType(type).orElse(type.getSimpleName())))
                .collect(Collectors.toUnmodifiableSet());
    }

    Optional<String> identifierName() {
        return Optional.ofNullable(model.routingKey());
    }

    /** The payload types of all command handlers of root, sub types and entities. */
    Set<Class<?>> commandTypes() {
        return payloadTypes(model.allCommandHandlers().values().stream().flatMap(Collection::stream));
    }

    /** The payload types of all event sourcing handlers of root, sub types and entities. */
    Set<Class<?>> eventTypes() {
        return payloadTypes(model.allEventHandlers().values().stream().flatMap(Collection::stream));
    }

    private static Set<Class<?>> payloadTypes(Stream<? extends MessageHandlingMember<?>> handlers) {
        return handlers.map(MessageHandlingMember::payloadType).collect(Collectors.toCollection(LinkedHashSet::new));
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
