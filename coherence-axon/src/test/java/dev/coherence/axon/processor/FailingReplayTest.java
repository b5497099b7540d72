package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.deadletter.InMemorySequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A handler that cannot handle an event any more which it has handled before. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"TRACKING_ON_H2", "POOLED_ON_POSTGRES"})
class FailingReplayTest extends NodesWithRows {

    private static final int BOOKS = 12;
    private static final int FAILING = 5;

    /** Books with three events each, all handled; then the world changes, and the second event of one book cannot be handled. */
    private void given() {
        for (int i = 0; i < 3; i++) {
            library.reviseAll(IntStream.range(0, BOOKS), book -> "k");
        }
        awaitCount(0, "shelf WHERE handled < 3 OR mistakes > 0");
        awaitCount(BOOKS, "shelf");
        ShelfRows.changeWorld(store.database());
        shelf.failing.add("book:" + FAILING);
        library.expire("k");
    }

    private void awaitCount(long count, String from) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ShelfRows.count(store.database(), from))
                        .as(from)
                        .isEqualTo(count));
    }

    /** Aggregates are replayed in the order of their first events. */
    private static boolean isReplayed(int book) {
        return book < FAILING || isInFirst(book) != isInFirst(FAILING);
    }

    private static boolean isInFirst(int book) {
        return Segment.ROOT_SEGMENT.split()[0].matches("book:" + book);
    }

    private static String booksOfOtherSegment() {
        return IntStream.range(0, BOOKS)
                .filter(book -> isInFirst(book) != isInFirst(FAILING))
                .mapToObj("'book:%d'"::formatted)
                .collect(joining(", "));
    }

    @Test
    void stops_its_segment_and_no_other_and_nothing_of_the_aggregate_is_changed() {
        try (var application = node().segments(2).start()) {
            given();
            library.reviseAll(IntStream.range(0, BOOKS), book -> "other");

            long replayed = IntStream.range(0, BOOKS)
                    .filter(FailingReplayTest::isReplayed)
                    .count();
            assertThat(replayed).isLessThan(BOOKS - 1);
            awaitCount(replayed, "reset");
            awaitCount(0, "shelf WHERE handled < 4 AND book IN (%s)".formatted(booksOfOtherSegment()));
            await().atMost(PATIENCE).until(() -> shelf.failures.get() >= 2);
            assertThat(ShelfRows.count(store.database(), "reset")).isEqualTo(replayed);
            assertThat(ShelfRows.count(store.database(), "reset WHERE book = 'book:%d'".formatted(FAILING)))
                    .isZero();
            assertThat(ShelfRows.count(store.database(), "shelf WHERE mistakes > 0 OR handled <> last + 1"))
                    .isZero();

            shelf.failing.clear();
            awaitCount(0, "shelf WHERE world = 0 OR handled < 4");
            awaitCount(BOOKS, "reset");
            assertThat(ShelfRows.countWrong(store.database())).isZero();
            assertThat(application.processor("shelf").isRunning()).isTrue();
            ShelfRows.awaitPlainTokens(store.database());
        }
    }

    @Test
    void is_parked_with_what_comes_after_it_and_handled_later() {
        SequencedDeadLetterQueue<EventMessage<?>> queue = InMemorySequencedDeadLetterQueue.defaultQueue();
        try (var application = node().segments(2)
                .with(processing -> processing.registerDeadLetterQueue("shelf", config -> queue))
                .start()) {
            given();
            library.reviseAll(IntStream.range(0, BOOKS), book -> "other");
            awaitCount(BOOKS - 1, "shelf WHERE handled = 4");
            await().atMost(PATIENCE).until(() -> queue.sequenceSize("book:" + FAILING) == 3);
            ShelfRows.awaitPlainTokens(store.database());

            shelf.failing.clear();
            boolean isProcessed = application
                    .configuration()
                    .eventProcessingConfiguration()
                    .sequencedDeadLetterProcessor("shelf")
                    .orElseThrow()
                    .processAny();

            assertThat(isProcessed).isTrue();
            assertThat(queue.size()).isZero();
            awaitCount(BOOKS, "shelf WHERE last = 3 AND world = 1");
        }
    }
}
