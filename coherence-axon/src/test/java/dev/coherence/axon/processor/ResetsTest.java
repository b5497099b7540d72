package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.replay.AggregateReset;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.replay.ReplayContext;
import org.axonframework.messaging.annotation.SourceId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Axon's resets of a processor that takes part in replays. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"TRACKING_ON_H2", "POOLED_ON_H2", "TRACKING_ON_POSTGRES", "POOLED_ON_POSTGRES"})
class ResetsTest extends NodesWithRows {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @ProcessingGroup("notes")
    @ReplayOnEffect
    class Notes {

        @EventHandler
        void on(
                PatchApplied event,
                @SourceId String book,
                @SequenceNumber long version,
                ReplayStatus status,
                @ReplayContext @Nullable String context) {
            calls.add("%s %d %s %s".formatted(book, version, status, context));
        }

        @ResetHandler
        void reset(String context) {
            calls.add("reset " + context);
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {
            calls.add("reset of " + reset.aggregateIdentifier());
        }
    }

    private ReplayApplication start() {
        return node().handlers(new Notes()).start();
    }

    private void reset(ReplayApplication application, Consumer<StreamingEventProcessor> how, long last) {
        StreamingEventProcessor processor = application.processor("notes");
        processor.shutDown();
        calls.clear();
        how.accept(processor);
        processor.start();
        application.awaitRest("notes", last);
    }

    @Test
    void to_an_instant_replay_what_came_since() throws InterruptedException {
        try (var application = start()) {
            library.revise("a", "1", "k");
            library.expire("k");
            Thread.sleep(5);
            Instant between = Instant.now();
            Thread.sleep(5);
            long last = library.revise("a", "2");
            application.awaitRest("notes", last);

            reset(application, processor -> processor.resetTokens(source -> source.createTokenAt(between)), last);

            assertThat(calls).containsExactly("book:a 1 REPLAY null");
            long effect = library.expire("k");
            application.awaitRest("notes", effect);
            assertThat(calls).endsWith("reset of book:a", "book:a 0 REPLAY null", "book:a 1 REPLAY null");
        }
    }

    /** All that the effect is to be followed for is handled by the reset as well; nothing is replayed twice. */
    @Test
    void to_before_an_effect_handle_each_event_once_more_and_do_not_follow_it_again() {
        try (var application = start()) {
            library.revise("a", "1", "k");
            library.expire("k");
            long last = library.revise("b", "1");
            application.awaitRest("notes", last);

            reset(application, StreamingEventProcessor::resetTokens, last);

            assertThat(calls).containsExactlyInAnyOrder("book:a 0 REPLAY null", "book:b 0 REPLAY null");
        }
    }

    @Test
    void give_their_context_to_their_own_replay_only() {
        try (var application = start()) {
            long last = library.revise("a", "1", "k");
            application.awaitRest("notes", last);

            reset(application, processor -> processor.resetTokens("new column"), last);

            assertThat(calls).containsExactly("reset new column", "book:a 0 REPLAY new column");
            calls.clear();
            application.awaitRest("notes", library.expire("k"));
            assertThat(calls).containsExactly("reset of book:a", "book:a 0 REPLAY null");
        }
    }

    @Test
    void while_replays_go_on_lead_to_right_rows() {
        try (var application = start()) {
            for (int book = 0; book < 60; book++) {
                library.revise("" + book, "1", "k");
            }
            application.awaitRest("shelf", library.revise("a", "1", "k"));
            ShelfRows.changeWorld(store.database());
            library.expire("k");
            await().atMost(PATIENCE).until(() -> ShelfRows.count(store.database(), "reset") > 0);

            StreamingEventProcessor processor = application.processor("shelf");
            processor.shutDown();
            ShelfRows.empty(store.database());
            processor.resetTokens();
            processor.start();
            application.awaitRest("shelf", library.revise("a", "2"));

            assertThat(ShelfRows.countWrong(store.database())).isZero();
        }
    }
}
