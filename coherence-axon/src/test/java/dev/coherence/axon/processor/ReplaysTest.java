package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.axon.effect.AxonEffects;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.processor.ReplayProgress.OpenWindow;
import dev.coherence.axon.replay.ReplaySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.SourceId;
import org.junit.jupiter.api.Test;

/** What {@link Replays} tells of the segments of a node. */
class ReplaysTest extends WatchedNodes {

    @Test
    void nothing_is_pending_at_rest() {
        try (var node = node("n", shelf).start()) {
            long last = books(2, "k");
            awaitRest(node, last);

            assertThat(replays(node).progress()).singleElement().satisfies(segment -> {
                assertThat(segment.processor()).isEqualTo(SHELF);
                assertThat(segment.groups()).isEqualTo(Set.of(SHELF));
                assertThat(segment.segment()).isZero();
                assertThat(segment.claimed()).isTrue();
                assertThat(segment.position()).hasValue(last);
                assertThat(segment.window()).isEmpty();
                assertThat(segment.effectsBehind()).isZero();
                assertThat(segment.pendingSince()).isEmpty();
                assertThat(segment.sinceAdvance()).isEqualTo(Duration.ZERO);
            });
        }
    }

    @Test
    void a_window_counts_what_is_done_and_what_there_is() throws Exception {
        Instant start = Instant.now();
        try (var node = node("n", shelf).start()) {
            awaitRest(node, books(4, "k"));
            shelf.close("1");
            shelf.close("2");
            library.expire("k");

            shelf.awaitReplayOf("1");
            ReplayProgress after0 = progress(node);
            assertThat(window(after0)).isEqualTo(counts(4, 1, 0, 1));
            assertThat(after0.window().orElseThrow().progress().replayed()).isEqualTo(new Replayed(1, 2));
            assertThat(after0.window().orElseThrow().progress().takenOver()).isFalse();
            assertThat(after0.window().orElseThrow().progress().since()).isBetween(start, Instant.now());
            assertThat(after0.effectsBehind()).isZero();
            assertThat(after0.pendingSince().orElseThrow()).isBetween(start, Instant.now());

            shelf.open("1");
            shelf.awaitReplayOf("2");
            WindowProgress after1 = progress(node).window().orElseThrow().progress();
            assertThat(window(progress(node))).isEqualTo(counts(4, 2, 0, 1));
            assertThat(after1.replayed()).isEqualTo(new Replayed(2, 4));
            assertThat(after1.eventsPerSecond().orElseThrow())
                    .isEqualTo(2 * after1.aggregatesPerSecond().orElseThrow());
            assertThat(progress(node).sinceAdvance()).isPositive();
            shelf.open("2");
            awaitRest(node, 9);
        }
    }

    /** A processor of its own, which shows how far events can be read. */
    static final class Reader {

        final CountDownLatch hasRead = new CountDownLatch(1);

        @EventHandler
        void on(PatchApplied event, @SourceId String book) {
            if (book.equals("book:unlinked")) {
                hasRead.countDown();
            }
        }
    }

    @Test
    void effects_that_come_later_are_counted_behind_the_window() throws Exception {
        Reader reader = new Reader();
        try (var node = node("n", shelf).handlers(reader).start()) {
            awaitRest(node, books(4, "k"));
            shelf.close("1");
            shelf.close("3");
            library.expire("k");
            shelf.awaitReplayOf("1");
            library.expire("k");
            long last = library.revise("unlinked", "1");
            reader.hasRead.await();
            shelf.open("1");
            shelf.awaitReplayOf("3");

            ReplayProgress progress = progress(node);
            assertThat(window(progress)).isEqualTo(counts(4, 3, 0, 1));
            assertThat(progress.effectsBehind()).isEqualTo(1);
            assertThat(progress.position()).hasValue(last);
            shelf.open("3");
            awaitRest(node, last);
        }
    }

    @Test
    void requests_are_counted_as_effects_are() throws Exception {
        try (var node = node("n", shelf).start();
                var effects = AxonEffects.builder()
                        .eventStore(store.eventStore)
                        .transactionManager(store.transactions)
                        .index(store.index)
                        .settings(CoherenceSettings.withSource("test"))
                        .build()) {
            awaitRest(node, books(3, "k"));
            shelf.close("1");
            effects.replayKind("book", "mended", SHELF);
            shelf.awaitReplayOf("1");

            assertThat(window(progress(node))).isEqualTo(counts(3, 1, 0, 1));
            effects.replay(Identity.of("book", "0"), "mended", "another group");
            shelf.open("1");
            awaitRest(node, 7);
        }
    }

    @Test
    void a_new_node_knows_what_was_done_of_a_window_that_it_finds_open() throws Exception {
        shelf.failing.add("book:2");
        try (var node = node("n", shelf).start()) {
            awaitRest(node, books(5, "k"));
            library.expire("k");
            shelf.failed.await();
        }
        Shelf other = new Shelf();
        other.close("2");
        other.close("3");
        try (var node = node("m", other, heard).start()) {
            other.awaitReplayOf("2");
            OpenWindow found = progress(node).window().orElseThrow();
            assertThat(window(progress(node))).isEqualTo(counts(5, 2, 2, 1));
            assertThat(found.progress().takenOver()).isTrue();
            assertThat(found.progress().replayed()).isEqualTo(new Replayed(0, 0));
            assertThat(found.progress().aggregatesPerSecond()).isEmpty();
            assertThat(found.progress().eventsPerSecond()).isEmpty();
            assertThat(progress(node).isPending()).isTrue();
            assertThat(heard.told()).containsExactly("opened 0/0 taken over");

            other.open("2");
            other.awaitReplayOf("3");
            assertThat(window(progress(node))).isEqualTo(counts(5, 3, 2, 1));
            other.openAll();
            heard.await("closed", 1);
            assertThat(heard.told()).endsWith("closed 3/6 taken over");
        }
    }

    @Test
    void a_segment_that_fails_stays_known_and_does_not_advance() throws Exception {
        shelf.failing.add("book:1");
        try (var node = node("n", shelf).start()) {
            awaitRest(node, books(2, "k"));
            library.expire("k");
            shelf.failed.await();
            await(node, all -> all.stream().noneMatch(ReplayProgress::claimed));
            ReplayProgress failed = progress(node);

            assertThat(window(failed)).isEqualTo(counts(2, 1, 0, 1));
            assertThat(failed.sinceAdvance()).isPositive();
            assertThat(progress(node).sinceAdvance()).isGreaterThan(failed.sinceAdvance());
            shelf.failing.clear();
            awaitRest(node, 5);
            assertThat(progress(node).claimed()).isTrue();
        }
    }

    /** On a quiet system, the batch that comes past the effect is also the one with the first aggregates: so its token is not stored. */
    @Test
    void a_segment_that_fails_before_anything_of_the_window_is_stored_has_something_pending() throws Exception {
        shelf.failing.add("book:0");
        try (var node = node("n", new ReplaySettings(1, 100), shelf, heard)
                .batchSize(100)
                .with(processing -> processing.registerPooledStreamingEventProcessorConfiguration(
                        SHELF, (config, builder) -> builder.claimExtensionThreshold(60_000)))
                .start()) {
            long before = books(2, "k");
            awaitRest(node, before);
            library.expire("k");
            shelf.failed.await();
            await(node, all -> all.stream().noneMatch(ReplayProgress::claimed));
            ReplayProgress failed = progress(node);

            assertThat(failed.position()).hasValue(before);
            assertThat(failed.window()).isEmpty();
            assertThat(failed.pendingSince()).isPresent();
            assertThat(failed.sinceAdvance()).isPositive();
            shelf.close("0");
            shelf.failing.clear();
            shelf.awaitReplayOf("0");
            assertThat(progress(node).pendingSince()).isEqualTo(failed.pendingSince());
            assertThat(progress(node).sinceAdvance()).isGreaterThan(failed.sinceAdvance());
            shelf.open("0");
            awaitRest(node, library.revise("2", "1"));
            assertThat(progress(node).sinceAdvance()).isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void each_segment_has_its_own_progress() throws Exception {
        try (var node =
                node("n", new ReplaySettings(0.5, 5), shelf, heard).segments(2).start()) {
            await(node, all -> all.size() == 2);
            awaitRest(node, books(6, "k"));
            shelf.close("5");
            library.expire("k");
            shelf.awaitReplayOf("5");
            heard.await("closed", 1);

            await(node, all -> all.stream().filter(ReplayProgress::isPending).count() == 1);
            assertThat(replays(node).progress())
                    .extracting(ReplayProgress::segment)
                    .containsExactly(0, 1);
            ReplayProgress waiting = replays(node).progress().stream()
                    .filter(ReplayProgress::isPending)
                    .findFirst()
                    .orElseThrow();
            assertThat(waiting.window().orElseThrow().aggregates()).isEqualTo(6);
            assertThat(waiting.window().orElseThrow().done()).isLessThan(6);
            shelf.open("5");
            awaitRest(node, 13);
        }
    }

    /** Aggregates, those done, those done before, and effects. */
    private record Counts(long aggregates, long done, long doneBefore, long effects) {}

    private static Counts counts(long aggregates, long done, long doneBefore, long effects) {
        return new Counts(aggregates, done, doneBefore, effects);
    }

    private static Counts window(ReplayProgress progress) {
        OpenWindow window = progress.window().orElseThrow(() -> new AssertionError("No window: " + progress));
        return new Counts(window.aggregates(), window.done(), window.doneBefore(), window.effects());
    }
}
