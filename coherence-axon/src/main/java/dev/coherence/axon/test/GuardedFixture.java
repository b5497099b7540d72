package dev.coherence.axon.test;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.command.ActorInterceptor;
import dev.coherence.axon.command.ActorProvider;
import dev.coherence.axon.configuration.DeclaredAggregate;
import dev.coherence.axon.guard.CommandInterceptor;
import dev.coherence.axon.guard.ConflictGuard;
import dev.coherence.axon.guard.Guarded;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.index.InMemoryEventIndex;
import dev.coherence.axon.payload.EventDescriptors;
import dev.coherence.axon.storage.AnnotatedKinds;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.conflict.ConflictPolicy;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.test.AxonAssertionError;
import org.axonframework.test.FixtureExecutionException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.jspecify.annotations.Nullable;

/**
 * Axon's fixture with a guarded event store:
 *
 * <ol>
 *   <li>The repository that handlers use loads from, and appends to, an event store of ours with a real guard, whose index
 *       knows the given events and effects.
 *   <li>What passes the guard is handed on to the event store of Axon's fixture, which checks and remembers it.
 *   <li>Axon's fixture runs the test as ever.
 * </ol>
 *
 * For one thread.
 */
final class GuardedFixture<T> {

    private final AggregateTestFixture<T> axons;
    private final AggregateParts<T> parts;
    private final GivenPhase given;
    private final EventStore eventStore;
    private final List<Object> resources = new ArrayList<>();
    private final AppendedEvents appended;
    private @Nullable TestedAggregate<T> aggregate;
    private boolean guarded;
    private boolean commandsWereGiven;
    private boolean reportIllegalStateChange = true;
    private @Nullable Identity replaced;

    GuardedFixture(Class<T> type) {
        this.axons = new AggregateTestFixture<>(type);
        this.parts = new AggregateParts<>(type);
        this.given = new GivenPhase(axons.getEventStore(), this::aggregate, axons::currentTime);
        this.eventStore =
                EmbeddedEventStore.builder().storageEngine(given.engine()).build();
        this.appended = new AppendedEvents(axons.getEventStore(), this::aggregate);
        resources.add(eventStore);
        axons.registerHandlerDefinition(parts.parameterFinder());
        axons.registerParameterResolverFactory(new SimpleResourceParameterResolverFactory(resources));
    }

    AggregateTestFixture<T> axons() {
        return axons;
    }

    AggregateParts<T> parts() {
        return parts;
    }

    EventStore eventStore() {
        return eventStore;
    }

    void reportIllegalStateChange(boolean report) {
        this.reportIllegalStateChange = report;
        axons.setReportIllegalStateChange(report);
    }

    /** The aggregate, with a repository over our event store; made when it is first needed. */
    TestedAggregate<T> aggregate() {
        TestedAggregate<T> known = aggregate;
        if (known == null) {
            Repository<T> unused = axons.getRepository(); // makes it look for handlers
            AggregateModel<T> model = parts.model();
            Repository<T> repository = parts.repository(model, eventStore);
            resources.add(repository);
            axons.registerRepository(repository);
            known = new TestedAggregate<>(
                    new DeclaredAggregate(parts.type(), parts.subtypes(), model), repository, this::replaced);
            aggregate = known;
        }
        return known;
    }

    /** Axon's fixture, with the repository over our event store. */
    AggregateTestFixture<T> ready() {
        TestedAggregate<T> unused = aggregate();
        return axons;
    }

    boolean isGuarded() {
        return guarded;
    }

    /** Begins a test: puts up the guard, once, and forgets what was given before. */
    CoherenceTestExecutor<T> begin(ConflictPolicy policy, ActorProvider actors) {
        if (!guarded) {
            putUpGuard(policy, actors);
            guarded = true;
        }
        axons.givenNoPriorActivity();
        given.clear();
        commandsWereGiven = false;
        return new CoherenceTestExecutor<>(this);
    }

    private void putUpGuard(ConflictPolicy policy, ActorProvider actors) {
        EventDescriptors descriptors = new EventDescriptors();
        TestedAggregate<T> tested = aggregate();
        List<String> mistakes = tested.mistakes(descriptors);
        if (!mistakes.isEmpty()) {
            throw new FixtureExecutionException(
                    "An application with this aggregate would not start:\n- " + String.join("\n- ", mistakes));
        }
        EventIndex index = index(tested, descriptors);
        CoherenceSettings settings = CoherenceSettings.withSource(GivenPhase.SOURCE)
                .withPolicy(policy)
                .withClock(clock());
        Guarded all = new Guarded(eventStore, index, descriptors, tested, settings);
        axons.registerCommandDispatchInterceptor(new ActorInterceptor(actors));
        axons.registerCommandHandlerInterceptor(new CommandInterceptor(all));
        eventStore.registerDispatchInterceptor(given);
        var unused = new ConflictGuard(all).register();
        eventStore.subscribe(index::record);
        eventStore.subscribe(appended);
    }

    /** A handler may ask for the conflicts of an aggregate that it has not loaded, and asks for its version first. */
    private EventIndex index(AnnotatedKinds kinds, EventDescriptors descriptors) {
        EventIndex index = new InMemoryEventIndex(given.engine(), new StreamNames(kinds), descriptors);
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("nextVersion") && kinds.kinds().contains(arguments[0])) {
                given.beforeAskingFor((String) arguments[1]);
            }
            try {
                return method.invoke(index, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (EventIndex)
                Proxy.newProxyInstance(EventIndex.class.getClassLoader(), new Class<?>[] {EventIndex.class}, handler);
    }

    private Clock clock() {
        InstantSource time = axons::currentTime;
        return time.withZone(ZoneOffset.UTC);
    }

    void giveEffect(Effect effect) {
        given.effect(effect);
    }

    void giveEvents(List<?> events) {
        if (commandsWereGiven) {
            // Axon's fixture would give them versions from 0 again.
            axons.given(Stream.concat(given.aggregateEvents(), events.stream()).toList());
            commandsWereGiven = false;
        } else {
            axons.andGiven(events);
        }
        given.events(events.size());
    }

    void giveCommands(List<?> commands) {
        axons.andGivenCommands(commands);
        axons.setReportIllegalStateChange(reportIllegalStateChange);
        commandsWereGiven = true;
    }

    CoherenceResultValidator<T> whenCommand(Supplier<ResultValidator<T>> step) {
        return when(step, GuardedFixture::failure);
    }

    CoherenceResultValidator<T> when(Supplier<ResultValidator<T>> step) {
        return when(step, validator -> Optional.empty());
    }

    private CoherenceResultValidator<T> when(
            Supplier<ResultValidator<T>> step, Function<ResultValidator<T>, Optional<Throwable>> failure) {
        appended.clear();
        replaced = null;
        ResultValidator<T> validator;
        try {
            validator = step.get();
        } finally {
            axons.setReportIllegalStateChange(reportIllegalStateChange);
        }
        Optional<Throwable> failed = failure.apply(validator);
        Identity other = replaced;
        if (other != null && failed.isEmpty()) {
            DefaultUnitOfWork.startAndGet(null)
                    .execute(() -> axons.getRepository().load(other.id())); // as it is stored
        }
        return new CoherenceResultValidator<>(validator, new Outcome(failed, appended.toList()));
    }

    /** The instance has seen our event, but another is stored: that is no illegal change of state. */
    private void replaced(Identity aggregateWithOtherEvent) {
        replaced = aggregateWithOtherEvent;
        axons.setReportIllegalStateChange(false);
    }

    /** Axon's validator tells what the command failed with only to matchers. */
    private static Optional<Throwable> failure(ResultValidator<?> validator) {
        AtomicReference<@Nullable Throwable> seen = new AtomicReference<>();
        try {
            validator.expectException(Matchers.matches((Throwable failure) -> {
                seen.set(failure);
                return true;
            }));
        } catch (AxonAssertionError e) {
            return Optional.empty(); // the command did not fail
        }
        return Optional.ofNullable(seen.get());
    }
}
