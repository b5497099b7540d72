package dev.coherence.axon.test;

import dev.coherence.action.Identity;
import dev.coherence.axon.configuration.DeclaredAggregate;
import dev.coherence.axon.guard.AggregateAccess;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.AnnotatedKinds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/** The one aggregate class that a fixture tests, with its sub types. */
final class TestedAggregate<T> implements AnnotatedKinds, AggregateAccess {

    private final DeclaredAggregate declared;
    private final Repository<T> repository;
    private final Consumer<Identity> replaced;

    /**
     * @param repository loads it from the guarded event store
     * @param replaced told of an aggregate of which another event is stored than its instance has seen
     */
    TestedAggregate(DeclaredAggregate declared, Repository<T> repository, Consumer<Identity> replaced) {
        this.declared = declared;
        this.repository = repository;
        this.replaced = replaced;
    }

    /** What would stop the start of an application that has this aggregate. */
    List<String> mistakes(EventDescriptors descriptors) {
        return declared.mistakes(descriptors);
    }

    boolean isOwnType(String axonType) {
        return declared.types().contains(axonType);
    }

    private boolean isOwn(String kind) {
        return kind.equals(declared.kind());
    }

    /** As Axon stores events of the aggregate that its fixture has; that names them after the class, whatever is declared. */
    String typeOfGiven(String axonType) {
        return isOwnType(axonType) ? axonType : declared.kind();
    }

    @Override
    public Set<String> kinds() {
        return Set.of(declared.kind());
    }

    @Override
    public String kindOf(String axonType) {
        return isOwnType(axonType) ? declared.kind() : axonType;
    }

    @Override
    public Set<String> typesOf(String kind) {
        return isOwn(kind) ? declared.types() : Set.of(kind);
    }

    @Override
    public Optional<String> identifierName(String kind) {
        return isOwn(kind) ? declared.identifierName() : Optional.empty();
    }

    @Override
    public Set<Class<?>> classesOf(String kind) {
        return isOwn(kind) ? declared.classes() : Set.of();
    }

    /** Returns the class whose events are stored under the type, if it is the aggregate's. */
    @Override
    public Optional<Class<?>> classOf(String axonType) {
        return declared.classOf(axonType);
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
