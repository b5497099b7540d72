package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.event.ReplayRequested;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import dev.coherence.axon.replay.AggregateReset;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.messaging.annotation.SourceId;
import org.axonframework.messaging.deadletter.InMemorySequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.monitoring.MessageMonitor;
import org.axonframework.queryhandling.GenericSubscriptionQueryMessage;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryUpdateEmitter;
import org.axonframework.queryhandling.SubscriptionQueryMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;

/** What Axon puts around event handlers, it puts around them in a replay as well. */
@ParameterizedClass(name = "{0}")
@EnumSource
class ReplayLikeAxonsTest {

    @Parameter
    Kind kind;

    private final TestStore store = TestStore.Engine.H2_JDBC.open();
    private final Library library = new Library(store);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger(1);
    private final QueryUpdateEmitter emitter =
            SimpleQueryUpdateEmitter.builder().build();

    @AfterEach
    void close() {
        store.close();
    }

    @ProcessingGroup("books")
    @ReplayOnEffect
    class Books {

        @EventHandler
        void on(PatchApplied event, @SourceId String book, ReplayStatus status) {
            calls.add(book + " " + status);
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {
            calls.add("reset " + reset.aggregateIdentifier());
        }
    }

    @ProcessingGroup("books")
    @ReplayOnEffect
    class Mixed extends Books {
        @EventHandler
        @DisallowReplay
        void on(PatchApplied event) {
            calls.add("never again");
        }
    }

    @ProcessingGroup("books")
    @ReplayOnEffect(withoutReset = true)
    class Asking {
        @EventHandler
        void on(
                PatchApplied event,
                DomainEventMessage<?> message,
                @SourceId String book,
                @SequenceNumber long version,
                @Timestamp Instant timestamp,
                @MessageIdentifier String identifier,
                @MetaDataValue("coherence-source") String source,
                MetaData metaData,
                TrackingToken token) {
            assertThat(message.getPayload()).isEqualTo(event);
            assertThat(WrappedToken.unwrapLowerBound(token)).isInstanceOf(GapAwareTrackingToken.class);
            calls.add(String.join(
                    " ",
                    book,
                    message.getType(),
                    message.getAggregateIdentifier(),
                    message.getTimestamp().toString(),
                    Long.toString(version),
                    timestamp.toString(),
                    identifier,
                    source,
                    new TreeMap<>(metaData).toString()));
        }
    }

    @ProcessingGroup("books")
    class Mails {
        @EventHandler
        @DisallowReplay
        void on(PatchApplied event) {
            calls.add("mail");
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {}
    }

    @ProcessingGroup("books")
    @ReplayOnEffect(withoutReset = true)
    class Tagged {
        @EventHandler
        void on(PatchApplied event, @MetaDataValue("tag") String tag) {
            calls.add("tag " + tag);
        }
    }

    @ProcessingGroup("shelves")
    @ReplayOnEffect
    class Shelves {
        @EventHandler
        void on(PatchApplied event, ReplayStatus status) {
            calls.add("shelf " + status);
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {
            calls.add("reset shelf");
        }
    }

    @ProcessingGroup("plain")
    class Plain {
        @EventHandler
        void on(PatchApplied event, TrackingToken token) {
            calls.add("plain");
        }
    }

    @ProcessingGroup("shelves")
    @ReplayOnEffect(withoutReset = true)
    class OverwrittenShelves {
        @EventHandler
        void on(PatchApplied event, ReplayStatus status) {
            calls.add("shelf " + status);
        }
    }

    @ProcessingGroup("books")
    @ReplayOnEffect(withoutReset = true)
    class Emitting {
        @EventHandler
        void on(PatchApplied event, @SourceId String book, ReplayStatus status) {
            CurrentUnitOfWork.get().root().onCommit(unitOfWork -> calls.add("commit"));
            emitter.emit(sent -> sent.getPayload().equals("books"), book + " " + status);
        }
    }

    @ProcessingGroup("books")
    @ReplayOnEffect
    class FailingOnce extends Books {
        @Override
        @EventHandler
        void on(PatchApplied event, @SourceId String book, ReplayStatus status) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
            super.on(event, book, status);
        }
    }

    @ProcessingGroup("books")
    @ReplayOnEffect
    class FailingInReplays extends Books {
        @Override
        @EventHandler
        void on(PatchApplied event, @SourceId String book, ReplayStatus status) {
            if (status.isReplay()) {
                throw new IllegalStateException("never again");
            }
            super.on(event, book, status);
        }
    }

    @ProcessingGroup("books")
    @ReplayOnEffect
    class FailingOnceInAReplay extends Books {
        @Override
        @EventHandler
        void on(PatchApplied event, @SourceId String book, ReplayStatus status) {
            if (status.isReplay() && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
            super.on(event, book, status);
        }
    }

    private ReplayApplication.Builder with(Object... handlers) {
        return ReplayApplication.over(store).kind(kind).handlers(handlers);
    }

    /** Book a is linked to k, and handled; then k expires. */
    private void replay(ReplayApplication application, String... groups) {
        long number = library.revise("a", "1", "k");
        for (String group : groups) {
            application.awaitRest(group, number);
        }
        calls.clear();
        long effect = library.expire("k");
        for (String group : groups) {
            application.awaitRest(group, effect);
        }
    }

    @Test
    void handlers_that_disallow_replays_are_not_called() {
        try (var application = with(new Books(), new Mails()).start()) {
            replay(application, "books");

            assertThat(calls).containsExactly("reset book:a", "book:a REPLAY");
        }
    }

    @Test
    void a_method_that_disallows_replays_is_not_called_as_in_a_reset_of_axons() {
        try (var application = with(new Mixed()).start()) {
            replay(application, "books");
            assertThat(calls).containsExactly("reset book:a", "book:a REPLAY");

            reset(application, "books");
            assertThat(calls).containsExactly("book:a REPLAY");
        }
    }

    /** A replay of Axon's, of all that there is. */
    private void reset(ReplayApplication application, String processor) {
        StreamingEventProcessor books = application.processor(processor);
        books.shutDown();
        calls.clear();
        books.resetTokens();
        books.start();
        application.awaitRest(processor, store.index.lastNumber());
    }

    @Test
    void handlers_get_the_same_parameters_as_in_live_events_and_in_a_reset_of_axons() {
        try (var application = with(new Asking()).start()) {
            application.awaitRest("books", library.revise("a", "1", "k"));
            List<String> live = List.copyOf(calls);
            calls.clear();
            application.awaitRest("books", library.expire("k"));

            assertThat(live).hasSize(1);
            assertThat(calls).containsExactlyElementsOf(live);
            reset(application, "books");
            assertThat(calls).containsExactlyElementsOf(live);
        }
    }

    @Test
    void interceptors_get_each_event_and_no_marker() {
        try (var application = with(new Books())
                .with(processing ->
                        processing.registerDefaultHandlerInterceptor((config, name) -> (unitOfWork, chain) -> {
                            calls.add("before "
                                    + unitOfWork.getMessage().getPayloadType().getSimpleName());
                            return chain.proceed();
                        }))
                .start()) {
            replay(application, "books");

            assertThat(calls).containsExactly("reset book:a", "before PatchApplied", "book:a REPLAY");
        }
    }

    @Test
    void interceptors_may_change_an_event() {
        try (var application = with(new Tagged())
                .with(processing ->
                        processing.registerDefaultHandlerInterceptor((config, name) -> (unitOfWork, chain) -> {
                            unitOfWork.transformMessage(event ->
                                    (EventMessage<?>) ((EventMessage<?>) event).andMetaData(MetaData.with("tag", "x")));
                            return chain.proceed();
                        }))
                .start()) {
            replay(application, "books");

            assertThat(calls).containsExactly("tag x");
        }
    }

    @Test
    void monitors_get_each_event_and_no_marker() {
        try (var application = with(new Books())
                .with(processing -> processing.registerMessageMonitor("books", config -> message -> {
                    calls.add("ingested " + message.getPayloadType().getSimpleName());
                    return new MessageMonitor.MonitorCallback() {
                        @Override
                        public void reportSuccess() {
                            calls.add("success");
                        }

                        @Override
                        public void reportFailure(Throwable cause) {
                            calls.add("failure");
                        }

                        @Override
                        public void reportIgnored() {
                            calls.add("ignored");
                        }
                    };
                }))
                .start()) {
            replay(application, "books");

            assertThat(calls)
                    .containsSubsequence("reset book:a", "ingested PatchApplied", "book:a REPLAY", "success")
                    .doesNotContain("ingested AggregateReplay", "ingested WindowDone", "failure");
        }
    }

    @Test
    void several_groups_of_one_processor_are_replayed_each() {
        try (var application = with(new Books(), new Shelves(), new Plain())
                .with(processing -> processing.assignProcessingGroup(group -> "all"))
                .start()) {
            replay(application, "all");

            assertThat(calls).containsExactlyInAnyOrder("reset book:a", "book:a REPLAY", "reset shelf", "shelf REPLAY");
        }
    }

    @Test
    void a_request_for_one_group_replays_only_that_one() {
        try (var application = with(new Books(), new OverwrittenShelves())
                .with(processing -> processing.assignProcessingGroup(group -> "all"))
                .start()) {
            long number = library.revise("a", "1");
            application.awaitRest("all", number);
            calls.clear();
            store.publish(GenericEventMessage.asEventMessage(
                    ReplayRequested.ofKind("look again", "book", List.of("shelves"))));
            application.awaitRest("all", number + 1);

            assertThat(calls).containsExactly("shelf REPLAY");
        }
    }

    @Test
    void updates_of_subscription_queries_are_sent_as_in_a_replay_of_axons_after_the_commit() {
        SubscriptionQueryMessage<String, String, String> query = new GenericSubscriptionQueryMessage<>(
                "books", "books", ResponseTypes.instanceOf(String.class), ResponseTypes.instanceOf(String.class));
        Disposable unused = emitter.<String>registerUpdateHandler(query, 10)
                .getUpdates()
                .subscribe(update -> calls.add("update " + update.getPayload()));
        try (var application = with(new Emitting()).start()) {
            replay(application, "books");

            assertThat(calls).containsExactly("commit", "update book:a REPLAY");
            reset(application, "books");
            assertThat(calls).containsExactly("commit", "update book:a REPLAY");
        }
    }

    @Test
    void a_replay_takes_the_parked_events_of_its_aggregate_out_of_the_dead_letter_queue() {
        SequencedDeadLetterQueue<EventMessage<?>> queue = InMemorySequencedDeadLetterQueue.defaultQueue();
        try (var application = with(new FailingOnce())
                .with(processing -> processing.registerDeadLetterQueue("books", config -> queue))
                .start()) {
            application.awaitRest("books", library.revise("a", "1", "k"));
            application.awaitRest("books", library.revise("a", "2"));
            assertThat(queue.size()).isEqualTo(2);

            application.awaitRest("books", library.expire("k"));

            assertThat(queue.size()).isZero();
            assertThat(calls).containsExactly("reset book:a", "book:a REPLAY", "book:a REPLAY");
        }
    }

    @Test
    void an_event_that_fails_in_a_replay_is_parked_with_those_after_it() {
        SequencedDeadLetterQueue<EventMessage<?>> queue = InMemorySequencedDeadLetterQueue.defaultQueue();
        try (var application = with(new FailingInReplays())
                .with(processing -> processing.registerDeadLetterQueue("books", config -> queue))
                .start()) {
            application.awaitRest("books", library.revise("a", "1", "k"));
            application.awaitRest("books", library.revise("a", "2"));
            application.awaitRest("books", library.expire("k"));

            assertThat(queue.sequenceSize("book:a")).isEqualTo(2);
            assertThat(application
                            .configuration()
                            .eventProcessingConfiguration()
                            .sequencedDeadLetterProcessor("books"))
                    .containsInstanceOf(DeadLetteringEventHandlerInvoker.class);
        }
    }

    @Test
    void an_event_that_fails_is_tried_again_and_nothing_of_the_replay_is_kept_until_it_succeeds() {
        try (var application = with(new FailingOnceInAReplay()).start()) {
            replay(application, "books");

            assertThat(calls).containsExactly("reset book:a", "reset book:a", "book:a REPLAY");
        }
    }

    /** Else other segments could have handled some of the events, and nobody would know. */
    @Test
    void a_policy_that_does_not_know_the_sequence_of_an_aggregate_stops_the_segment() {
        try (var application = with(new Books())
                .with(processing -> processing.registerSequencingPolicy(
                        "books", config -> event -> event.getPayload() instanceof PatchApplied ? "one" : null))
                .with(this::rememberErrors)
                .start()) {
            stopsAtTheEffect(application, "gives no sequence");
        }
    }

    @Test
    void a_policy_that_spreads_an_aggregate_stops_the_segment() {
        try (var application = with(new Books())
                .with(processing -> processing.registerSequencingPolicy(
                        "books", config -> event -> event.getPayload() instanceof PatchApplied ? "one" : "other"))
                .with(this::rememberErrors)
                .start()) {
            stopsAtTheEffect(application, "puts the event 0 of book:a into another sequence");
        }
    }

    private void rememberErrors(EventProcessingConfigurer processing) {
        processing.registerDefaultErrorHandler(config -> context -> {
            errors.add(context.error());
            PropagatingErrorHandler.instance().handleError(context);
        });
    }

    private void stopsAtTheEffect(ReplayApplication application, String why) {
        application.awaitRest("books", library.revise("a", "1", "k"));
        library.expire("k");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(errors).anySatisfy(error -> assertThat(error).hasMessageContaining(why)));
        assertThat(calls).doesNotContain("book:a REPLAY");
    }
}
