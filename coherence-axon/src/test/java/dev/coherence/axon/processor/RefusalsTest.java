package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.UnusableConfigurationException;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.axon.replay.ReplaySettings;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.common.ExceptionUtils;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.LoggingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.async.FullConcurrencyPolicy;
import org.axonframework.eventhandling.async.MetaDataSequencingPolicy;
import org.axonframework.eventhandling.async.PropertySequencingPolicy;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventhandling.async.SequentialPolicy;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.deadletter.InMemorySequencedDeadLetterQueue;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be replayed to is told at the start, with the way out. */
class RefusalsTest {

    private final TestStore store = TestStore.Engine.IN_MEMORY.open();

    @AfterEach
    void close() {
        store.close();
    }

    @ProcessingGroup("books")
    @ReplayOnEffect
    static class Books {
        @EventHandler
        void on(String event) {}

        @AggregateResetHandler
        void reset(AggregateReset reset) {}
    }

    @ProcessingGroup("books")
    static class More {
        @EventHandler
        void on(String event) {}
    }

    @ProcessingGroup("books")
    static class Twice extends Books {
        @AggregateResetHandler
        void alsoReset(AggregateReset reset) {}
    }

    @DisallowReplay
    @ProcessingGroup("books")
    @ReplayOnEffect(withoutReset = true)
    static class Never {
        @EventHandler
        void on(String event) {}
    }

    @ProcessingGroup("books")
    static class Mixed extends Books {
        @EventHandler
        @DisallowReplay
        void on(Integer event) {}
    }

    private List<String> problems(Object handler, Consumer<EventProcessingConfigurer> customization) {
        return problems(ReplayApplication.over(store).handlers(handler).with(customization));
    }

    private static List<String> problems(ReplayApplication.Builder application) {
        Throwable failure = catchThrowable(() -> application.start().close());
        if (failure == null) {
            return List.of();
        }
        return ((UnusableConfigurationException)
                        ExceptionUtils.findException(failure, UnusableConfigurationException.class::isInstance)
                                .orElseThrow(() -> new AssertionError(failure)))
                .problems();
    }

    private static void nothing(EventProcessingConfigurer processing) {}

    @Test
    void a_group_of_which_nothing_is_said_is_fine() {
        assertThat(problems(new Books(), RefusalsTest::nothing)).isEmpty();
    }

    static class Overriding extends Books {
        @Override
        @AggregateResetHandler
        void reset(AggregateReset reset) {}
    }

    @Test
    void a_class_that_overrides_its_reset_handler_is_fine() {
        assertThat(problems(new Overriding(), RefusalsTest::nothing)).isEmpty();
    }

    @Test
    void a_policy_that_keeps_all_events_in_one_sequence_is_fine() {
        assertThat(problems(
                        new Books(),
                        processing -> processing.registerSequencingPolicy("books", config -> new SequentialPolicy())))
                .isEmpty();
    }

    static List<SequencingPolicy<? super EventMessage<?>>> spreadingPolicies() {
        return List.of(
                new FullConcurrencyPolicy(),
                MetaDataSequencingPolicy.builder().metaDataKey("tenant").build(),
                PropertySequencingPolicy.builder(String.class, Integer.class)
                        .propertyExtractor(String::length)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("spreadingPolicies")
    void a_policy_that_spreads_an_aggregate(SequencingPolicy<? super EventMessage<?>> policy) {
        assertThat(problems(new Books(), processing -> processing.registerSequencingPolicy("books", config -> policy)))
                .singleElement()
                .asString()
                .contains("books", policy.getClass().getSimpleName(), "use the SequentialPerAggregatePolicy");
    }

    @Test
    void an_error_handler_of_the_group_that_swallows() {
        assertThat(problems(
                        new Books(),
                        processing -> processing.registerListenerInvocationErrorHandler(
                                "books", config -> new LoggingErrorHandler())))
                .singleElement()
                .asString()
                .contains("books", "LoggingErrorHandler", "PropagatingErrorHandler");
    }

    @Test
    void a_rollback_configuration_that_commits_after_some_exceptions() {
        assertThat(problems(
                        new Books(),
                        processing -> processing.registerRollbackConfiguration(
                                "books", config -> RollbackConfigurationType.RUNTIME_EXCEPTIONS)))
                .singleElement()
                .asString()
                .contains("books", "RUNTIME_EXCEPTIONS", "ANY_THROWABLE");
    }

    @Test
    void a_policy_that_is_set_past_the_configuration() {
        Consumer<EventProcessingConfigurer> past = processing -> {
            processing.registerDeadLetterQueue("books", config -> InMemorySequencedDeadLetterQueue.defaultQueue());
            processing.registerDeadLetteringEventHandlerInvokerConfiguration(
                    "books", (config, builder) -> builder.sequencingPolicy(SequentialPerAggregatePolicy.instance()));
        };

        assertThat(problems(new Books(), past))
                .singleElement()
                .asString()
                .contains("books", "SequentialPerAggregatePolicy", "registerSequencingPolicy");
    }

    @Test
    void a_subscribing_processor() {
        assertThat(problems(new Books(), EventProcessingConfigurer::usingSubscribingEventProcessors))
                .singleElement()
                .asString()
                .contains("books", "SubscribingEventProcessor", "tracking or pooled");
    }

    @Test
    void a_class_that_does_not_say_how_one_aggregate_is_forgotten() {
        assertThat(problems(ReplayApplication.over(store).handlers(new Books(), new More())))
                .singleElement()
                .asString()
                .contains(More.class.getName(), "@AggregateResetHandler", "withoutReset = true");
    }

    @Test
    void a_class_with_two_ways_to_forget() {
        assertThat(problems(new Twice(), RefusalsTest::nothing))
                .singleElement()
                .asString()
                .contains("2 methods");
    }

    @Test
    void a_group_that_disallows_replays() {
        assertThat(problems(new Never(), RefusalsTest::nothing))
                .singleElement()
                .asString()
                .contains("books", "@DisallowReplay");
    }

    @Test
    void dead_letters_together_with_handlers_that_disallow_replays() {
        assertThat(problems(
                        new Mixed(),
                        processing -> processing.registerDeadLetterQueue(
                                "books", config -> InMemorySequencedDeadLetterQueue.defaultQueue())))
                .singleElement()
                .asString()
                .contains("books", "dead-letter queue", "@DisallowReplay");
    }

    static class Ordering {
        @StartSaga
        @SagaEventHandler(associationProperty = "bytes")
        void on(String event) {}
    }

    @Test
    void a_saga_in_the_same_processor() {
        assertThat(problems(new Books(), processing -> {
                    processing.registerSaga(Ordering.class);
                    processing.assignProcessingGroup(group -> "all");
                }))
                .singleElement()
                .asString()
                .contains("all", "saga", "processor of its own");
    }

    @Test
    void another_source_than_the_event_store() {
        assertThat(problems(
                        new Books(),
                        processing -> processing.registerTrackingEventProcessor(
                                "books", config -> new OtherSource(config.eventStore()))))
                .singleElement()
                .asString()
                .contains("books", OtherSource.class.getName(), "event store");
    }

    record OtherSource(StreamableMessageSource<TrackedEventMessage<?>> events)
            implements StreamableMessageSource<TrackedEventMessage<?>> {
        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
            return events.openStream(token);
        }
    }

    @Test
    void a_name_that_no_group_has() {
        assertThat(problems(ReplayApplication.over(store)
                        .handlers(new Books())
                        .groups(new ReplayGroups(
                                Map.of("boks", new ReplayGroups.NamedGroup(true, false)), ReplaySettings.standard()))))
                .singleElement()
                .asString()
                .contains("boks", "books");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThat(problems(new Books(), processing -> {
                    processing.registerListenerInvocationErrorHandler("books", config -> new LoggingErrorHandler());
                    processing.registerSequencingPolicy("books", config -> new FullConcurrencyPolicy());
                }))
                .hasSize(2);
    }
}
