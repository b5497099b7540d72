package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.processor.Heard.Call;
import dev.coherence.axon.replay.ReplaySettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What a {@link ReplayListener} is told, and when. */
class ReplayListenerTest extends WatchedNodes {

    @Test
    void hears_of_each_window_from_its_first_aggregate_to_its_end() {
        try (var node = node("n", shelf, heard).start()) {
            awaitRest(node, books(3, "k"));
            library.expire("k");
            heard.await("closed", 1);
            awaitRest(node, library.expire("k"));
            heard.await("closed", 2);

            List<String> once =
                    List.of("opened 0/0", "progressed 1/2", "progressed 2/4", "progressed 3/6", "closed 3/6");
            assertThat(heard.told().subList(0, 5)).isEqualTo(once);
            assertThat(heard.told().subList(5, 10)).isEqualTo(once);
            assertThat(heard.told()).hasSize(10);
            Call last = heard.calls.get(4);
            assertThat(last.window().processor()).isEqualTo(SHELF);
            assertThat(last.window().segment()).isZero();
            assertThat(last.window().duration()).isPositive();
            assertThat(heard.calls.get(1).replayed()).isEqualTo(new Replayed(1, 2));
        }
    }

    @Test
    void hears_of_a_window_that_begins_and_ends_in_one_batch() {
        try (var node = node("n", new ReplaySettings(1, 100), shelf, heard)
                .batchSize(100)
                .start()) {
            awaitRest(node, books(3, "k"));
            library.expire("k");
            heard.await("closed", 1);

            assertOneWindowOf(new Replayed(3, 6));
        }
    }

    private void assertOneWindowOf(Replayed all) {
        assertThat(heard.told())
                .startsWith("opened 0/0")
                .endsWith("closed %d/%d".formatted(all.aggregates(), all.events()))
                .doesNotHaveDuplicates();
        assertThat(heard.replayed()).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void hears_of_it_once_for_each_segment(int batchSize) {
        try (var node = node("n", new ReplaySettings(0.5, 5), shelf, heard)
                .segments(4)
                .batchSize(batchSize)
                .start()) {
            await(node, all -> all.size() == 4);
            awaitRest(node, books(12, "k"));
            library.expire("k");
            heard.await("closed", 4);
            awaitRest(node, library.revise("last", "1"));

            assertThat(heard.calls.stream().map(Call::name).filter("opened"::equals))
                    .hasSize(4);
            long replayed = 0;
            for (int segment = 0; segment < 4; segment++) {
                List<Call> calls = heard.of(segment);
                assertThat(calls.get(0).toString()).isEqualTo("opened 0/0");
                assertThat(calls.get(calls.size() - 1).name()).isEqualTo("closed");
                assertThat(calls.subList(1, calls.size() - 1))
                        .allMatch(call -> call.name().equals("progressed"));
                replayed += calls.get(calls.size() - 1).window().replayed().aggregates();
            }
            assertThat(replayed).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void hears_nothing_of_what_is_rolled_back(int batchSize) throws Exception {
        shelf.failing.add("book:1");
        try (var node = node("n", new ReplaySettings(1, 100), shelf, heard)
                .batchSize(batchSize)
                .start()) {
            awaitRest(node, books(3, "k"));
            library.expire("k");
            shelf.failed.await();
            assertThat(heard.calls.stream()
                            .mapToLong(call -> call.window().replayed().aggregates()))
                    .allMatch(aggregates -> aggregates <= 1);
            shelf.failing.clear();
            heard.await("closed", 1);

            assertOneWindowOf(new Replayed(3, 6));
        }
    }

    @Test
    void is_called_outside_of_the_transaction() {
        List<Boolean> inTransaction = new CopyOnWriteArrayList<>();
        ReplayListener asking = new ReplayListener() {
            @Override
            public void opened(WindowProgress window) {
                inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
            }

            @Override
            public void closed(WindowProgress window) {
                inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
            }
        };
        try (var node = node("n", shelf, asking, heard).start()) {
            awaitRest(node, books(2, "k"));
            library.expire("k");
            heard.await("closed", 1);

            assertThat(inTransaction).containsExactly(false, false);
        }
    }

    @Test
    void does_no_harm_when_it_throws() {
        ReplayListener broken = new ReplayListener() {
            @Override
            public void opened(WindowProgress window) {
                throw new IllegalStateException("opened");
            }

            @Override
            public void progressed(WindowProgress window, Replayed replayed) {
                throw new AssertionError("progressed");
            }

            @Override
            public void closed(WindowProgress window) {
                throw new IllegalStateException("closed");
            }
        };
        try (var node = node("n", shelf, broken, heard).start()) {
            awaitRest(node, books(2, "k"));
            long effect = library.expire("k");
            heard.await("closed", 1);
            awaitRest(node, effect);

            assertThat(heard.told()).containsExactly("opened 0/0", "progressed 1/2", "progressed 2/4", "closed 2/4");
        }
    }

    @Test
    void hears_nothing_after_it_was_cancelled() {
        try (var node = node("n", shelf, heard).start()) {
            Heard cancelled = new Heard();
            var registration = replays(node).listen(cancelled);
            assertThat(registration.cancel()).isTrue();
            assertThat(registration.cancel()).isFalse();
            awaitRest(node, books(1, "k"));
            library.expire("k");
            heard.await("closed", 1);

            assertThat(cancelled.calls).isEmpty();
        }
    }

    @Test
    void may_ask_for_the_progress() {
        List<Long> done = new CopyOnWriteArrayList<>();
        Replays[] replays = new Replays[1];
        ReplayListener asking = new ReplayListener() {
            @Override
            public void progressed(WindowProgress window, Replayed replayed) {
                done.add(replays[0].progress().get(0).window().orElseThrow().done());
            }
        };
        try (var node = node("n", shelf, asking, heard).start()) {
            replays[0] = replays(node);
            awaitRest(node, books(3, "k"));
            library.expire("k");
            heard.await("closed", 1);

            assertThat(done).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void hears_of_a_half_that_was_split_off_as_taken_over() throws Exception {
        shelf.failing.add("book:2");
        try (var node = node("n", shelf, heard)
                .with(ReplayListenerTest::withThreadsForTwo)
                .start()) {
            awaitRest(node, books(8, "k"));
            library.expire("k");
            shelf.failed.await();
            assertThat(node.processor(SHELF).splitSegment(0).get()).isTrue();
            shelf.failing.clear();
            heard.await("closed", 2);

            assertThat(heard.of(0).stream().filter(call -> call.name().equals("opened")))
                    .hasSize(1);
            assertThat(heard.of(0).get(heard.of(0).size() - 1).name()).isEqualTo("closed");
            assertThat(heard.of(1).get(0).toString()).isEqualTo("opened 0/0 taken over");
            assertThat(heard.of(1).get(heard.of(1).size() - 1).name()).isEqualTo("closed");
            assertThat(heard.replayed().aggregates()).isEqualTo(8);
        }
    }

    private static void withThreadsForTwo(EventProcessingConfigurer processing) {
        processing.registerTrackingEventProcessorConfiguration(
                config -> TrackingEventProcessorConfiguration.forParallelProcessing(2)
                        .andInitialSegmentsCount(1)
                        .andInitialTrackingToken(StreamableMessageSource::createTailToken));
    }

    @Test
    void hears_that_a_window_is_left_when_the_segment_is_reset() throws Exception {
        shelf.failing.add("book:1");
        try (var node = node("n", shelf, heard).start()) {
            awaitRest(node, books(2, "k"));
            library.expire("k");
            shelf.failed.await();
            node.processor(SHELF).shutDown();
            node.processor(SHELF).resetTokens();

            assertThat(heard.told()).containsExactly("opened 0/0", "progressed 1/2", "left 1/2");
            assertThat(replays(node).progress()).isEmpty();
        }
    }

    @Test
    void hears_that_a_window_is_left_when_another_node_has_the_segment() throws Exception {
        shelf.failing.add("book:1");
        Shelf other = new Shelf();
        Heard there = new Heard();
        try (var node = node("n", shelf, heard).start()) {
            awaitRest(node, books(3, "k"));
            library.expire("k");
            shelf.failed.await();
            node.processor(SHELF).releaseSegment(0, 1, TimeUnit.HOURS);
            await(node, all -> all.stream().noneMatch(ReplayProgress::claimed));
            other.close("1");
            try (var second = node("m", other, there).start()) {
                other.awaitReplayOf("1");
                heard.await("left", 1);
                other.openAll();
                there.await("closed", 1);

                assertThat(heard.told()).containsExactly("opened 0/0", "progressed 1/2", "left 1/2");
                assertThat(there.told())
                        .containsExactly(
                                "opened 0/0 taken over",
                                "progressed 1/2 taken over",
                                "progressed 2/4 taken over",
                                "closed 2/4 taken over");
                assertThat(replays(node).progress()).isEmpty();
                assertThat(progress(second).sinceAdvance()).isEqualTo(Duration.ZERO);
            }
        }
    }
}
