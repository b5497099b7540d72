package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.processor.ReplayApplication.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten thousand effects at once, for a process that has little memory. */
@ParameterizedClass(name = "{0}")
@EnumSource
class EffectStormTest extends ProcessesWithRows {

    private static final int EFFECTS = 10_000;
    private static final int PER_TRANSACTION = 1_000;
    private static final int SEGMENTS = 2;

    /** A book may be replayed for those effects that were there when the processor looked, and for those of a few moments later. */
    private static final long FEW = 40;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Parameter
    Kind kind;

    @Test
    void of_one_trigger_are_replayed_together_for_one_aggregate() throws IOException {
        given(1, "k");

        storm(Stream.generate(() -> "k"), 1);

        judge(1);
    }

    @Test
    void of_many_triggers_are_replayed_together_for_many_aggregates() throws IOException {
        int books = 500;
        given(books, "k");
        library.reviseAll(IntStream.range(0, books), book -> "k" + book);
        awaitRight();

        storm(IntStream.iterate(0, i -> i + 1).mapToObj(i -> i % 2 == 0 ? "k" : "k" + i / 2 % books), books);

        judge(books);
    }

    /** So many books that are linked to the key, and a process that has handled all events. */
    private void given(int books, String key) throws IOException {
        library.reviseAll(IntStream.range(0, books), book -> key);
        ShelfRows.fill(store.database());
        var unused = start("node", kind, SEGMENTS, 64);
        await().atMost(PATIENCE)
                .until(() -> ShelfRows.count(store.database(), "TokenEntry WHERE token IS NOT NULL") == SEGMENTS);
    }

    /** The world changes, and many effects say so; a book is changed after each thousand of them. */
    private void storm(Stream<String> triggers, int books) {
        ShelfRows.changeWorld(store.database());
        var all = triggers.iterator();
        for (int fired = 0; fired < EFFECTS; fired += PER_TRANSACTION) {
            library.expireAll(Stream.generate(all::next).limit(PER_TRANSACTION));
            library.reviseAll(IntStream.of(fired / PER_TRANSACTION % books), book -> "other");
        }
    }

    private void awaitRight() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(ShelfRows.countWrong(store.database()))
                        .as("books that are not as they should be; errors: %s", errors())
                        .isZero());
    }

    private void judge(int books) {
        awaitRight();
        ShelfRows.awaitPlainTokens(store.database());
        awaitRight();
        assertThat(ShelfRows.count(store.database(), "shelf")).isEqualTo(books);
        assertThat(ShelfRows.query(store.database(), "SELECT COUNT(*) FROM reset WHERE world = 1 GROUP BY book"))
                .as("replays of each book")
                .hasSize(books)
                .allSatisfy(replays -> assertThat(replays).isBetween(1L, FEW));
    }
}
