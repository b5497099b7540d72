package dev.coherence.axon.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.Matcher;

/**
 * Hands all that is expected on to Axon's validator, and stays itself for the next expectation. Long, since Axon's interface is.
 *
 * @param <T> the aggregate
 * @param <S> the type to go on with
 */
abstract class ForwardingResultValidator<T, S extends ResultValidator<T>> implements ResultValidator<T> {

    private final ResultValidator<T> axons;

    ForwardingResultValidator(ResultValidator<T> axons) {
        this.axons = axons;
    }

    abstract S self();

    @Override
    public S expectEvents(Object... expectedEvents) {
        axons.expectEvents(expectedEvents);
        return self();
    }

    @Override
    public S expectEvents(EventMessage<?>... expectedEvents) {
        axons.expectEvents(expectedEvents);
        return self();
    }

    @Override
    public S expectNoEvents() {
        axons.expectNoEvents();
        return self();
    }

    @Override
    public S expectEventsMatching(Matcher<? extends List<? super EventMessage<?>>> matcher) {
        axons.expectEventsMatching(matcher);
        return self();
    }

    @Override
    public S expectResultMessagePayload(Object expectedPayload) {
        axons.expectResultMessagePayload(expectedPayload);
        return self();
    }

    @Override
    public S expectResultMessagePayloadMatching(Matcher<?> matcher) {
        axons.expectResultMessagePayloadMatching(matcher);
        return self();
    }

    @Override
    public S expectResultMessage(CommandResultMessage<?> expectedResultMessage) {
        axons.expectResultMessage(expectedResultMessage);
        return self();
    }

    @Override
    public S expectResultMessageMatching(Matcher<? super CommandResultMessage<?>> matcher) {
        axons.expectResultMessageMatching(matcher);
        return self();
    }

    @Override
    public S expectExceptionMessage(Matcher<?> matcher) {
        axons.expectExceptionMessage(matcher);
        return self();
    }

    @Override
    public S expectExceptionMessage(String exceptionMessage) {
        axons.expectExceptionMessage(exceptionMessage);
        return self();
    }

    @Override
    public S expectException(Class<? extends Throwable> expectedException) {
        axons.expectException(expectedException);
        return self();
    }

    @Override
    public S expectException(Matcher<?> matcher) {
        axons.expectException(matcher);
        return self();
    }

    @Override
    public S expectExceptionDetails(Object exceptionDetails) {
        axons.expectExceptionDetails(exceptionDetails);
        return self();
    }

    @Override
    public S expectExceptionDetails(Class<?> exceptionDetails) {
        axons.expectExceptionDetails(exceptionDetails);
        return self();
    }

    @Override
    public S expectExceptionDetails(Matcher<?> matcher) {
        axons.expectExceptionDetails(matcher);
        return self();
    }

    @Override
    public S expectSuccessfulHandlerExecution() {
        axons.expectSuccessfulHandlerExecution();
        return self();
    }

    @Override
    public S expectState(Consumer<T> aggregateStateValidator) {
        axons.expectState(aggregateStateValidator);
        return self();
    }

    @Override
    public S expectScheduledDeadlineMatching(Duration duration, Matcher<? super DeadlineMessage<?>> matcher) {
        axons.expectScheduledDeadlineMatching(duration, matcher);
        return self();
    }

    @Override
    public S expectScheduledDeadline(Duration duration, Object deadline) {
        axons.expectScheduledDeadline(duration, deadline);
        return self();
    }

    @Override
    public S expectScheduledDeadlineOfType(Duration duration, Class<?> deadlineType) {
        axons.expectScheduledDeadlineOfType(duration, deadlineType);
        return self();
    }

    @Override
    public S expectScheduledDeadlineWithName(Duration duration, String deadlineName) {
        axons.expectScheduledDeadlineWithName(duration, deadlineName);
        return self();
    }

    @Override
    public S expectScheduledDeadlineMatching(Instant scheduledTime, Matcher<? super DeadlineMessage<?>> matcher) {
        axons.expectScheduledDeadlineMatching(scheduledTime, matcher);
        return self();
    }

    @Override
    public S expectScheduledDeadline(Instant scheduledTime, Object deadline) {
        axons.expectScheduledDeadline(scheduledTime, deadline);
        return self();
    }

    @Override
    public S expectScheduledDeadlineOfType(Instant scheduledTime, Class<?> deadlineType) {
        axons.expectScheduledDeadlineOfType(scheduledTime, deadlineType);
        return self();
    }

    @Override
    public S expectScheduledDeadlineWithName(Instant scheduledTime, String deadlineName) {
        axons.expectScheduledDeadlineWithName(scheduledTime, deadlineName);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlines() {
        axons.expectNoScheduledDeadlines();
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineMatching(Matcher<? super DeadlineMessage<?>> matcher) {
        axons.expectNoScheduledDeadlineMatching(matcher);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineMatching(
            Duration durationToScheduledTime, Matcher<? super DeadlineMessage<?>> matcher) {
        axons.expectNoScheduledDeadlineMatching(durationToScheduledTime, matcher);
        return self();
    }

    @Override
    public S expectNoScheduledDeadline(Duration durationToScheduledTime, Object deadline) {
        axons.expectNoScheduledDeadline(durationToScheduledTime, deadline);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineOfType(Duration durationToScheduledTime, Class<?> deadlineType) {
        axons.expectNoScheduledDeadlineOfType(durationToScheduledTime, deadlineType);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineWithName(Duration durationToScheduledTime, String deadlineName) {
        axons.expectNoScheduledDeadlineWithName(durationToScheduledTime, deadlineName);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineMatching(Instant scheduledTime, Matcher<? super DeadlineMessage<?>> matcher) {
        axons.expectNoScheduledDeadlineMatching(scheduledTime, matcher);
        return self();
    }

    @Override
    public S expectNoScheduledDeadline(Instant scheduledTime, Object deadline) {
        axons.expectNoScheduledDeadline(scheduledTime, deadline);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineOfType(Instant scheduledTime, Class<?> deadlineType) {
        axons.expectNoScheduledDeadlineOfType(scheduledTime, deadlineType);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineWithName(Instant scheduledTime, String deadlineName) {
        axons.expectNoScheduledDeadlineWithName(scheduledTime, deadlineName);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineMatching(Instant from, Instant to, Matcher<? super DeadlineMessage<?>> matcher) {
        axons.expectNoScheduledDeadlineMatching(from, to, matcher);
        return self();
    }

    @Override
    public S expectNoScheduledDeadline(Instant from, Instant to, Object deadline) {
        axons.expectNoScheduledDeadline(from, to, deadline);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineOfType(Instant from, Instant to, Class<?> deadlineType) {
        axons.expectNoScheduledDeadlineOfType(from, to, deadlineType);
        return self();
    }

    @Override
    public S expectNoScheduledDeadlineWithName(Instant from, Instant to, String deadlineName) {
        axons.expectNoScheduledDeadlineWithName(from, to, deadlineName);
        return self();
    }

    @Deprecated
    @Override
    public S expectDeadlinesMetMatching(Matcher<? extends List<? super DeadlineMessage<?>>> matcher) {
        axons.expectTriggeredDeadlinesMatching(matcher);
        return self();
    }

    @Override
    public S expectTriggeredDeadlinesMatching(Matcher<? extends List<? super DeadlineMessage<?>>> matcher) {
        axons.expectTriggeredDeadlinesMatching(matcher);
        return self();
    }

    @Deprecated
    @Override
    public S expectDeadlinesMet(Object... expected) {
        axons.expectTriggeredDeadlines(expected);
        return self();
    }

    @Override
    public S expectTriggeredDeadlines(Object... expected) {
        axons.expectTriggeredDeadlines(expected);
        return self();
    }

    @Override
    public S expectTriggeredDeadlinesWithName(String... expectedDeadlineNames) {
        axons.expectTriggeredDeadlinesWithName(expectedDeadlineNames);
        return self();
    }

    @Override
    public S expectTriggeredDeadlinesOfType(Class<?>... expectedDeadlineTypes) {
        axons.expectTriggeredDeadlinesOfType(expectedDeadlineTypes);
        return self();
    }

    @Override
    public S expectMarkedDeleted() {
        axons.expectMarkedDeleted();
        return self();
    }

    @Override
    public S expectNotMarkedDeleted() {
        axons.expectNotMarkedDeleted();
        return self();
    }
}
