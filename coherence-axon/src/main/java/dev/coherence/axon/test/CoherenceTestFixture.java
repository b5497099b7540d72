package dev.coherence.axon.test;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Identity;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.conflict.ConflictPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.test.FixtureExecutionException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.matchers.FieldFilter;

/**
 * Axon's {@link AggregateTestFixture} for aggregates whose commands may be in conflict with what their senders have not
 * seen. The same guard checks them as in an application, over events in memory.
 *
 * <pre>{@code
 * new CoherenceTestFixture<>(Book.class)
 *         .given(new BookRevised("1", "Neuromancer", null))
 *         .andGiven(new BookRevised("1", "Idoru", null))
 *         .when(new ReviseBook("1", Revision.of(0, 1), "Count Zero"))
 *         .expectConflict().onPath("title").with(2);
 * }</pre>
 *
 * <p>Given events and effects get the sequence numbers 1, 2, 3 and so on, in their order; events of the aggregate also get the
 * versions 0, 1, 2 and so on. What is given after the command's base is unseen. The mistakes that would stop the start of an
 * application fail the first given step.
 *
 * <p>As with Axon's fixture, it is one aggregate that is tested; others that its handlers create are stored unchecked.
 * State-stored aggregates cannot be checked, and are refused. For one thread; one fixture for each test.
 *
 * @param <T> the aggregate
 */
public final class CoherenceTestFixture<T> implements FixtureConfiguration<T> {

    private final GuardedFixture<T> fixture;
    private final AggregateTestFixture<T> axons;
    private ConflictPolicy policy = ConflictPolicy.STRICT;
    private ActorProvider actors = ActorProvider.none();

    /** Creates a fixture for the aggregate class. */
    public CoherenceTestFixture(Class<T> aggregateType) {
        this.fixture = new GuardedFixture<>(requireNonNull(aggregateType, "aggregateType"));
        this.axons = fixture.axons();
    }

    /** Sets the policy where neither command nor aggregate has one; strict by default. */
    public CoherenceTestFixture<T> withPolicy(ConflictPolicy newPolicy) {
        refuseOnceGuarded("withPolicy");
        this.policy = requireNonNull(newPolicy, "policy");
        return this;
    }

    /** Sets who sends the commands whose metadata does not say it; nobody by default. */
    public CoherenceTestFixture<T> withActor(Identity actor) {
        refuseOnceGuarded("withActor");
        requireNonNull(actor, "actor");
        this.actors = command -> Optional.of(actor);
        return this;
    }

    private void refuseOnceGuarded(String method) {
        if (fixture.isGuarded()) {
            throw new FixtureExecutionException(method + " has to be called before the first given step");
        }
    }

    private CoherenceTestExecutor<T> begin() {
        return fixture.begin(policy, actors);
    }

    /** Gives events of the aggregate. Each takes the next sequence number, and the next version of the aggregate. */
    @Override
    public CoherenceTestExecutor<T> given(Object... domainEvents) {
        return begin().andGiven(domainEvents);
    }

    /** As {@link #given(Object...)}. */
    @Override
    public CoherenceTestExecutor<T> given(List<?> domainEvents) {
        return begin().andGiven(domainEvents);
    }

    /** As {@link CoherenceTestExecutor#andGivenEffect}. */
    public CoherenceTestExecutor<T> givenEffect(String reason, Identity trigger) {
        return begin().andGivenEffect(reason, trigger);
    }

    @Override
    public CoherenceTestExecutor<T> givenNoPriorActivity() {
        return begin();
    }

    /** Gives the events that the commands cause; each takes the next sequence number, and so does each effect. */
    @Override
    public CoherenceTestExecutor<T> givenCommands(Object... commands) {
        return begin().andGivenCommands(commands);
    }

    /** As {@link #givenCommands(Object...)}. */
    @Override
    public CoherenceTestExecutor<T> givenCommands(List<?> commands) {
        return begin().andGivenCommands(commands);
    }

    @Override
    public CoherenceTestExecutor<T> givenCurrentTime(Instant time) {
        return begin().andGivenCurrentTime(time);
    }

    /**
     * Refused: a state has no versions.
     *
     * @throws FixtureExecutionException always
     */
    @Override
    public CoherenceTestExecutor<T> givenState(Supplier<T> aggregateState) {
        throw withoutEvents();
    }

    /**
     * Refused: commands on a state-stored aggregate cannot be checked.
     *
     * @throws FixtureExecutionException always
     */
    @Override
    public CoherenceTestFixture<T> useStateStorage() {
        throw withoutEvents();
    }

    private static FixtureExecutionException withoutEvents() {
        return new FixtureExecutionException(
                "coherence checks commands by the events of their aggregate: give events or"
                        + " commands, or use Axon's AggregateTestFixture");
    }

    @Override
    @SafeVarargs
    public final CoherenceTestFixture<T> withSubtypes(Class<? extends T>... subtypes) {
        for (Class<? extends T> subtype : subtypes) {
            fixture.parts().subtype(subtype);
            axons.withSubtypes(subtype);
        }
        return this;
    }

    /** Sets a repository, which has to be over {@link #getEventStore()}. */
    @Override
    public CoherenceTestFixture<T> registerRepository(Repository<T> repository) {
        fixture.parts().repository(repository);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerRepositoryProvider(RepositoryProvider repositoryProvider) {
        fixture.parts().provider(repositoryProvider);
        axons.registerRepositoryProvider(repositoryProvider);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerAggregateFactory(AggregateFactory<T> aggregateFactory) {
        fixture.parts().factory(aggregateFactory);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerAnnotatedCommandHandler(Object annotatedCommandHandler) {
        fixture.ready().registerAnnotatedCommandHandler(annotatedCommandHandler);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerCommandHandler(
            Class<?> payloadType, MessageHandler<CommandMessage<?>> commandHandler) {
        fixture.ready().registerCommandHandler(payloadType, commandHandler);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerCommandHandler(
            String commandName, MessageHandler<CommandMessage<?>> commandHandler) {
        fixture.ready().registerCommandHandler(commandName, commandHandler);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerInjectableResource(Object resource) {
        axons.registerInjectableResource(resource);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerInjectableResources(Object... resources) {
        axons.registerInjectableResources(resources);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerParameterResolverFactory(ParameterResolverFactory parameterResolverFactory) {
        axons.registerParameterResolverFactory(parameterResolverFactory);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerCommandDispatchInterceptor(
            MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        axons.registerCommandDispatchInterceptor(interceptor);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerCommandHandlerInterceptor(
            MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        axons.registerCommandHandlerInterceptor(interceptor);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerDeadlineDispatchInterceptor(
            MessageDispatchInterceptor<? super DeadlineMessage<?>> interceptor) {
        axons.registerDeadlineDispatchInterceptor(interceptor);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerDeadlineHandlerInterceptor(
            MessageHandlerInterceptor<? super DeadlineMessage<?>> interceptor) {
        axons.registerDeadlineHandlerInterceptor(interceptor);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerFieldFilter(FieldFilter fieldFilter) {
        axons.registerFieldFilter(fieldFilter);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerIgnoredField(Class<?> declaringClass, String fieldName) {
        axons.registerIgnoredField(declaringClass, fieldName);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerHandlerDefinition(HandlerDefinition handlerDefinition) {
        fixture.parts().handlers(handlerDefinition);
        axons.registerHandlerDefinition(handlerDefinition);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerHandlerEnhancerDefinition(HandlerEnhancerDefinition enhancerDefinition) {
        fixture.parts().enhancer(enhancerDefinition);
        axons.registerHandlerEnhancerDefinition(enhancerDefinition);
        return this;
    }

    @Override
    public CoherenceTestFixture<T> registerCommandTargetResolver(CommandTargetResolver commandTargetResolver) {
        axons.registerCommandTargetResolver(commandTargetResolver);
        return this;
    }

    @Override
    public CommandBus getCommandBus() {
        return axons.getCommandBus();
    }

    @Override
    public EventBus getEventBus() {
        return fixture.eventStore();
    }

    @Override
    public EventStore getEventStore() {
        return fixture.eventStore();
    }

    @Override
    public Repository<T> getRepository() {
        return fixture.ready().getRepository();
    }

    @Override
    public void setReportIllegalStateChange(boolean reportIllegalStateChange) {
        fixture.reportIllegalStateChange(reportIllegalStateChange);
    }
}
