package dev.coherence.axon.test;

import java.lang.reflect.Executable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.axonframework.common.Priority;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.ClasspathHandlerDefinition;
import org.axonframework.messaging.annotation.ClasspathHandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.MultiHandlerDefinition;
import org.axonframework.messaging.annotation.MultiHandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a test registered with Axon's fixture. That keeps it to itself, but the repository over our event store needs the
 * same. For one thread.
 */
final class AggregateParts<T> {

    private final Class<T> type;
    private final Set<Class<? extends T>> subtypes = new LinkedHashSet<>();
    private final Deque<HandlerDefinition> handlers = new ArrayDeque<>();
    private final Deque<HandlerEnhancerDefinition> enhancers = new ArrayDeque<>();
    private final Parameters parameters = new Parameters();
    private @Nullable RepositoryProvider provider;
    private @Nullable AggregateFactory<T> factory;
    private @Nullable Repository<T> repository;

    /** Is registered with Axon's fixture as if it knew handlers, to learn of its parameters; asked before those who do. */
    @Priority(Priority.FIRST)
    private static final class Parameters implements HandlerDefinition {

        @Nullable
        ParameterResolverFactory found;

        @Override
        public <H> Optional<MessageHandlingMember<H>> createHandler(
                Class<H> declaringType, Executable executable, ParameterResolverFactory parameters) {
            found = parameters;
            return Optional.empty();
        }
    }

    AggregateParts(Class<T> type) {
        this.type = type;
        handlers.add(ClasspathHandlerDefinition.forClass(type));
        enhancers.add(ClasspathHandlerEnhancerDefinition.forClass(type));
    }

    Class<T> type() {
        return type;
    }

    Set<Class<? extends T>> subtypes() {
        return subtypes;
    }

    HandlerDefinition parameterFinder() {
        return parameters;
    }

    void subtype(Class<? extends T> added) {
        subtypes.add(added);
    }

    void handlers(HandlerDefinition definition) {
        handlers.addFirst(definition);
    }

    void enhancer(HandlerEnhancerDefinition definition) {
        enhancers.addFirst(definition);
    }

    void provider(RepositoryProvider repositories) {
        this.provider = repositories;
    }

    void factory(AggregateFactory<T> aggregates) {
        this.factory = aggregates;
    }

    void repository(Repository<T> own) {
        this.repository = own;
    }

    AggregateModel<T> model() {
        return AnnotatedAggregateMetaModelFactory.inspectAggregate(
                type, foundParameters(), handlerDefinition(), subtypes);
    }

    /** The repository that the test registered, else one over the event store. */
    Repository<T> repository(AggregateModel<T> model, EventStore eventStore) {
        if (repository != null) {
            return repository;
        }
        return EventSourcingRepository.builder(type)
                .aggregateModel(model)
                .aggregateFactory(factory != null ? factory : new GenericAggregateFactory<>(model))
                .eventStore(eventStore)
                .repositoryProvider(provider != null ? provider : new NewAggregates(eventStore))
                .build();
    }

    /** For aggregates that a handler creates. */
    private final class NewAggregates implements RepositoryProvider {

        private final EventStore eventStore;

        NewAggregates(EventStore eventStore) {
            this.eventStore = eventStore;
        }

        @Override
        public <R> Repository<R> repositoryFor(Class<R> aggregateType) {
            return EventSourcingRepository.builder(aggregateType)
                    .parameterResolverFactory(foundParameters())
                    .handlerDefinition(handlerDefinition())
                    .eventStore(eventStore)
                    .repositoryProvider(this)
                    .build();
        }
    }

    private HandlerDefinition handlerDefinition() {
        return MultiHandlerDefinition.ordered(
                new ArrayList<>(handlers), MultiHandlerEnhancerDefinition.ordered(new ArrayList<>(enhancers)));
    }

    private ParameterResolverFactory foundParameters() {
        ParameterResolverFactory found = parameters.found;
        if (found == null) {
            throw new IllegalStateException("Axon's fixture has not looked for handlers in " + type.getName());
        }
        return found;
    }
}
