package dev.coherence.axon.test;

import dev.coherence.action.Identity;
import dev.coherence.axon.command.CommandReader;
import dev.coherence.axon.guard.AggregateAccess;
import dev.coherence.axon.guard.ConflictHandlerMethods;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.AnnotatedKinds;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AggregateModel;

/** The one aggregate class that a fixture tests, with its sub types. */
final class TestedAggregate<T> implements AnnotatedKinds, AggregateAccess {

    private final AggregateModel<T> model;
    private final Repository<T> repository;
    private final Consumer<Identity> replaced;
    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private final Set<String> types;

    /**
     * @param root the class itself
     * @param repository loads it from the guarded event store
     * @param replaced told of an aggregate of which another event is stored than its instance has seen
     */
    TestedAggregate(Class<T> root, AggregateModel<T> model, Repository<T> repository, Consumer<Identity> replaced) {
        this.model = model;
        this.repository = repository;
        this.replaced = replaced;
        classes.add(root);
        model.types().forEach(classes::add);
        this.types = Stream.concat(
                        Stream.of(model.type()),
                        classes.stream().map(type -> model.declaredType(type).orElse(type.getSimpleName())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What would stop the start of an application that has this aggregate. */
    List<String> mistakes(EventDescriptors descriptors) {
        Set<String> mistakes = new LinkedHashSet<>();
        classes.forEach(type -> mistakes.addAll(ConflictHandlerMethods.mistakes(type)));
        payloads(model.allCommandHandlers().values()).forEach(type -> mistakes.addAll(CommandReader.mistakes(type)));
        payloads(model.allEventHandlers().values()).forEach(type -> mistakes.addAll(descriptors.mistakes(type)));
        return List.copyOf(mistakes);
    }

    private static Stream<Class<?>> payloads(Collection<? extends List<? extends MessageHandlingMember<?>>> handlers) {
        return handlers.stream().flatMap(List::stream).map(MessageHandlingMember::payloadType);
    }

    boolean isOwnType(String axonType) {
        return types.contains(axonType);
    }

    /** As Axon stores events of the aggregate that its fixture has; that names them after the class, whatever is declared. */
    String typeOfGiven(String axonType) {
        return isOwnType(axonType) ? axonType : model.type();
    }

    @Override
    public Set<String> kinds() {
        return Set.of(model.type());
    }

    @Override
    public String kindOf(String axonType) {
        return isOwnType(axonType) ? model.type() : axonType;
    }

    @Override
    public Set<String> typesOf(String kind) {
        return kind.equals(model.type()) ? types : Set.of(kind);
    }

    @Override
    public Optional<String> identifierName(String kind) {
        return kind.equals(model.type()) ? Optional.ofNullable(model.routingKey()) : Optional.empty();
    }

    @Override
    public Set<Class<?>> classesOf(String kind) {
        return kind.equals(model.type()) ? Set.copyOf(classes) : Set.of();
    }

    @Override
    public <R> R invoke(Identity aggregate, Function<Object, R> function) {
        Aggregate<T> loaded = repository.load(aggregate.id());
        return loaded.invoke(function::apply);
    }

    @Override
    public void forget(Identity aggregate) {
        replaced.accept(aggregate);
    }
}
