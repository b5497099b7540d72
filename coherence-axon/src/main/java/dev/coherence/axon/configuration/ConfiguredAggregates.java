package dev.coherence.axon.configuration;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;
import dev.coherence.axon.guard.AggregateAccess;
import dev.coherence.axon.storage.AnnotatedKinds;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.axonframework.common.AxonConfigurationException;
import org.axonframework.config.AggregateConfiguration;
import org.axonframework.config.Configuration;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The annotated aggregates of an Axon configuration. Looked up at the first question and then kept, because those who ask
 * may exist before the configuration is built, and it is complete as soon as it is built. Thread-safe.
 */
public final class ConfiguredAggregates implements AnnotatedKinds, AggregateAccess {

    private final Supplier<Configuration> configuration;
    private volatile @Nullable Known known;

    /** The aggregates by their kinds, and the kinds by the types of their events. */
    private record Known(Map<String, ConfiguredAggregate> aggregates, Map<String, String> kinds) {}

    /** Creates a view on the configuration, which is asked for when the first question comes. */
    public ConfiguredAggregates(Supplier<Configuration> configuration) {
        this.configuration = requireNonNull(configuration, "configuration");
    }

    private Known known() {
        Known found = known;
        if (found == null) {
            found = lookUp();
            known = found;
        }
        return found;
    }

    private Known lookUp() {
        Map<String, ConfiguredAggregate> aggregates = new LinkedHashMap<>();
        Map<String, String> kinds = new HashMap<>();
        for (AggregateConfiguration<?> module : configuration.get().findModules(AggregateConfiguration.class)) {
            ConfiguredAggregate aggregate = new ConfiguredAggregate(module);
            aggregates.put(aggregate.kind(), aggregate);
            for (String type : aggregate.declared().types()) {
                String other = kinds.put(type, aggregate.kind());
                if (other != null) {
                    throw new AxonConfigurationException(
                            "The aggregates %s and %s both store events under the type %s; name one of them with @AggregateRoot(type)"
                                    .formatted(other, aggregate.kind(), type));
                }
            }
        }
        return new Known(aggregates, kinds);
    }

    Collection<ConfiguredAggregate> all() {
        return known().aggregates().values();
    }

    @Override
    public Set<String> kinds() {
        return known().aggregates().keySet();
    }

    @Override
    public String kindOf(String axonType) {
        return known().kinds().getOrDefault(axonType, axonType);
    }

    @Override
    public Set<String> typesOf(String kind) {
        return declared(kind).map(DeclaredAggregate::types).orElse(Set.of(kind));
    }

    @Override
    public Optional<String> identifierName(String kind) {
        return declared(kind).flatMap(DeclaredAggregate::identifierName);
    }

    @Override
    public Set<Class<?>> classesOf(String kind) {
        return declared(kind).map(DeclaredAggregate::classes).orElse(Set.of());
    }

    /** Returns the class whose events are stored under the type: of several sub types, the one that applied them. */
    @Override
    public Optional<Class<?>> classOf(String axonType) {
        return declared(kindOf(axonType)).flatMap(aggregate -> aggregate.classOf(axonType));
    }

    @Override
    public <R> R invoke(Identity aggregate, Function<Object, R> function) {
        Aggregate<?> loaded = get(aggregate).repository().load(aggregate.id());
        return loaded.invoke(function::apply);
    }

    @Override
    public void forget(Identity aggregate) {
        get(aggregate)
                .cache()
                .ifPresent(cache ->
                        CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> cache.remove(aggregate.id())));
    }

    private Optional<DeclaredAggregate> declared(String kind) {
        return find(kind).map(ConfiguredAggregate::declared);
    }

    private Optional<ConfiguredAggregate> find(String kind) {
        return Optional.ofNullable(known().aggregates().get(kind));
    }

    private ConfiguredAggregate get(Identity aggregate) {
        return find(aggregate.kind())
                .orElseThrow(
                        () -> new IllegalStateException("No annotated aggregate declares the kind of " + aggregate));
    }
}
