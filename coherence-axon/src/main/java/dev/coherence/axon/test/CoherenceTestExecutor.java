package dev.coherence.axon.test;

import static java.util.Objects.requireNonNull;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.axonframework.messaging.MetaData;
import org.axonframework.test.aggregate.TestExecutor;

/**
 * The steps of a test that follow the first given one: more of what is given, then the command. Not thread-safe.
 *
 * @param <T> the aggregate
 */
public final class CoherenceTestExecutor<T> implements TestExecutor<T> {

    private final GuardedFixture<T> fixture;
    private final TestExecutor<T> axons;

    CoherenceTestExecutor(GuardedFixture<T> fixture) {
        this.fixture = fixture;
        this.axons = fixture.axons();
    }

    /**
     * Gives an effect, which takes the next sequence number.
     *
     * @param reason why the trigger was fired; not blank
     * @param trigger what aggregates may be linked to, or the aggregate itself
     */
    public CoherenceTestExecutor<T> andGivenEffect(String reason, Identity trigger) {
        fixture.giveEffect(new Effect(reason, trigger));
        return this;
    }

    /** Gives events of the aggregate. Each takes the next sequence number, and the next version of the aggregate. */
    @Override
    public CoherenceTestExecutor<T> andGiven(Object... domainEvents) {
        return andGiven(List.of(domainEvents));
    }

    /** As {@link #andGiven(Object...)}. */
    @Override
    public CoherenceTestExecutor<T> andGiven(List<?> domainEvents) {
        fixture.giveEvents(domainEvents);
        return this;
    }

    /** Gives the events that the commands cause; each takes the next sequence number, and so does each effect. */
    @Override
    public CoherenceTestExecutor<T> andGivenCommands(Object... commands) {
        return andGivenCommands(List.of(commands));
    }

    /** As {@link #andGivenCommands(Object...)}. */
    @Override
    public CoherenceTestExecutor<T> andGivenCommands(List<?> commands) {
        fixture.giveCommands(commands);
        return this;
    }

    @Override
    public CoherenceTestExecutor<T> andGivenCurrentTime(Instant currentTime) {
        axons.andGivenCurrentTime(currentTime);
        return this;
    }

    @Override
    public Instant currentTime() {
        return axons.currentTime();
    }

    /** Sends the command, with the base and the resolved numbers that it has itself. */
    @Override
    public CoherenceResultValidator<T> when(Object command) {
        return when(command, MetaData.emptyInstance());
    }

    /** Sends the command; metadata may tell base, resolved numbers, policy and actor, see {@link CoherenceMetaData}. */
    @Override
    public CoherenceResultValidator<T> when(Object command, Map<String, ?> metaData) {
        return fixture.whenCommand(() -> axons.when(command, metaData));
    }

    /**
     * Sends the command with metadata that tells its base: for commands without annotations.
     *
     * @param base what the sender had read
     * @param resolved the numbers of unseen events that the sender accepts
     */
    public CoherenceResultValidator<T> whenBasedOn(Revision base, Object command, long... resolved) {
        Map<String, Object> metaData = new HashMap<>();
        metaData.put(CoherenceMetaData.BASE, requireNonNull(base, "base"));
        if (resolved.length > 0) {
            metaData.put(
                    CoherenceMetaData.RESOLVED, LongStream.of(resolved).boxed().toList());
        }
        return when(command, metaData);
    }

    /** Lets time pass, and the deadlines of the aggregate with it. There is no command, hence no base. */
    @Override
    public CoherenceResultValidator<T> whenTimeElapses(Duration elapsedTime) {
        return elapse(elapsedTime);
    }

    /** As {@link #whenTimeElapses}. */
    @Override
    public CoherenceResultValidator<T> whenTimeAdvancesTo(Instant newPointInTime) {
        return advanceTo(newPointInTime);
    }

    /**
     * As {@link #whenTimeElapses}.
     *
     * @deprecated by Axon
     */
    @Deprecated
    @Override
    public CoherenceResultValidator<T> whenThenTimeElapses(Duration elapsedTime) {
        return elapse(elapsedTime);
    }

    /**
     * As {@link #whenTimeAdvancesTo}.
     *
     * @deprecated by Axon
     */
    @Deprecated
    @Override
    public CoherenceResultValidator<T> whenThenTimeAdvancesTo(Instant newPointInTime) {
        return advanceTo(newPointInTime);
    }

    private CoherenceResultValidator<T> elapse(Duration time) {
        return fixture.when(() -> axons.whenTimeElapses(time));
    }

    private CoherenceResultValidator<T> advanceTo(Instant time) {
        return fixture.when(() -> axons.whenTimeAdvancesTo(time));
    }

    /** Creates the aggregate. There is no command, hence no base. */
    @Override
    public CoherenceResultValidator<T> whenConstructing(Callable<T> aggregateFactory) {
        return fixture.when(() -> axons.whenConstructing(aggregateFactory));
    }

    /** Calls the aggregate. There is no command, hence no base. */
    @Override
    public CoherenceResultValidator<T> whenInvoking(String aggregateIdentifier, Consumer<T> aggregateConsumer) {
        return fixture.when(() -> axons.whenInvoking(aggregateIdentifier, aggregateConsumer));
    }
}
