package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.processor.ReplayApplication.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes share the segments of a processor on one PostgreSQL. While 10,000 aggregates are replayed, and live events come in,
 * one of them is killed without warning, again and again, and started anew. {@code coherence.kills} says how often.
 */
class KilledProcessesTest extends ProcessesWithRows {

    private static final int BOOKS = 10_000;
    private static final int PER_TRANSACTION = 500;
    private static final int SEGMENTS = 4;
    private static final int KILLS = Integer.getInteger("coherence.kills", 3);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Process[] running = new Process[2];

    @ParameterizedTest
    @EnumSource
    void every_aggregate_is_replayed_whatever_is_killed(Kind kind) throws Exception {
        System.out.printf("seed %d: it fixes when which process is killed, not the threads%n", seed);
        for (int first = 0; first < BOOKS; first += PER_TRANSACTION) {
            library.reviseAll(IntStream.range(first, first + PER_TRANSACTION), book -> "k");
        }
        ShelfRows.fill(store.database());
        for (int i = 0; i < running.length; i++) {
            start(i, kind);
        }
        awaitCount(SEGMENTS, "TokenEntry WHERE token IS NOT NULL", Duration.ofMinutes(1));

        ShelfRows.changeWorld(store.database());
        library.expireAll(Stream.of("k"));
        for (int kill = 1; kill <= KILLS; kill++) {
            long progress = (long) BOOKS * kill / (KILLS + 1) - random.nextInt(BOOKS / (2 * KILLS + 2));
            await().atMost(Duration.ofMinutes(3)).until(() -> resets() >= progress);
            int victim = random.nextInt(running.length);
            running[victim].destroyForcibly().waitFor();
            library.reviseAll(IntStream.range(kill * 100, kill * 100 + 100), book -> "other");
            start(victim, kind);
        }

        judge();
    }

    private void judge() throws IOException {
        int changedTwice = KILLS * 100;
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(
                                ShelfRows.count(store.database(), "shelf WHERE world = 1 AND last = 1 AND handled = 2"))
                        .as("books with a second event; errors: %s", errors())
                        .isEqualTo(changedTwice));
        awaitCount(BOOKS - changedTwice, "shelf WHERE world = 1 AND last = 0 AND handled = 1", Duration.ofMinutes(3));
        assertThat(ShelfRows.count(store.database(), "shelf")).isEqualTo(BOOKS);
        assertThat(ShelfRows.count(store.database(), "shelf WHERE mistakes > 0"))
                .isZero();
        assertThat(ShelfRows.query(store.database(), "SELECT COUNT(DISTINCT book) FROM reset WHERE world = 1"))
                .containsExactly((long) BOOKS);
        assertThat(resets()).as("each book is replayed once").isEqualTo(BOOKS);
        ShelfRows.awaitPlainTokens(store.database());
    }

    private long resets() {
        return ShelfRows.count(store.database(), "reset WHERE world = 1");
    }

    private void awaitCount(long count, String from, Duration patience) {
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(ShelfRows.count(store.database(), from))
                        .as("%s; errors: %s", from, errors())
                        .isEqualTo(count));
    }

    private void start(int number, Kind kind) throws IOException {
        running[number] = start("node-" + number, kind, SEGMENTS, 256);
    }
}
