package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.Path;
import dev.coherence.axon.Serializers;
import dev.coherence.axon.SpringConnectionProvider;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import dev.coherence.axon.storage.EventCodec;
import dev.coherence.axon.storage.StreamNames;
import dev.coherence.log.Draft;
import dev.coherence.value.Value;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes share the segments of a processor on one PostgreSQL. While 10,000 aggregates are replayed, and live events come in,
 * one of them is killed without warning, again and again, and started anew. {@code coherence.kills} says how often.
 */
class KilledProcessesTest {

    private static final int BOOKS = 10_000;
    private static final int PER_TRANSACTION = 500;
    private static final int SEGMENTS = 4;
    private static final int KILLS = Integer.getInteger("coherence.kills", 3);
    private static final Identity KEY = Identity.of("key", "k");

    @TempDir
    private java.nio.file.Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final TestStore store = Engine.POSTGRES_JDBC.open();
    private final EventCodec codec = new EventCodec(StreamNames.withoutAnnotatedKinds());
    private final Process[] processes = new Process[2];

    @BeforeEach
    void create() {
        ShelfRows.create(store.database());
        tokens().createSchema(PostgresTokenTableFactory.INSTANCE);
    }

    @AfterEach
    void close() {
        for (Process process : processes) {
            if (process != null) {
                process.destroyForcibly();
            }
        }
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void every_aggregate_is_replayed_whatever_is_killed(Kind kind) throws Exception {
        System.out.printf("seed %d: it fixes when which process is killed, not the threads%n", seed);
        for (int first = 0; first < BOOKS; first += PER_TRANSACTION) {
            append(first, first + PER_TRANSACTION, 0, Set.of(KEY));
        }
        ShelfRows.fill(store.database());
        for (int i = 0; i < processes.length; i++) {
            start(i, kind);
        }
        awaitCount(SEGMENTS, "TokenEntry WHERE token IS NOT NULL", Duration.ofMinutes(1));

        ShelfRows.changeWorld(store.database());
        store.publish(codec.encode(new Draft(new Effect("expired", KEY), Instant.now(), "test", new TreeSet<>()), 0));
        for (int kill = 1; kill <= KILLS; kill++) {
            long progress = (long) BOOKS * kill / (KILLS + 1) - random.nextInt(BOOKS / (2 * KILLS + 2));
            await().atMost(Duration.ofMinutes(3)).until(() -> resets() >= progress);
            int victim = random.nextInt(processes.length);
            processes[victim].destroyForcibly().waitFor();
            append(kill * 100, kill * 100 + 100, 1, Set.of());
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
        awaitPlainTokens();
    }

    private void awaitPlainTokens() {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ShelfRows.count(
                                store.database(), "TokenEntry WHERE tokenType NOT LIKE 'org.axonframework.%'"))
                        .isZero());
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

    private String errors() throws IOException {
        File file = folder.resolve("errors").toFile();
        return file.exists() ? Files.readString(file.toPath()) : "";
    }

    private void append(int from, int to, long version, Set<Identity> triggers) {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Action action = new Action(
                    "revise",
                    Identity.of("user", "bob"),
                    Identity.of("book", "b" + i),
                    new Patch(new TreeMap<>(Map.of(Path.of("title"), Value.of("t"))), new TreeSet<>()),
                    new TreeSet<>(triggers));
            events.add(codec.encode(new Draft(action, Instant.now(), "test", new TreeSet<>()), version));
        }
        store.publish(events.toArray(DomainEventMessage<?>[]::new));
    }

    private JdbcTokenStore tokens() {
        return JdbcTokenStore.builder()
                .connectionProvider(new SpringConnectionProvider(store.database()))
                .serializer(Serializers.JACKSON_2.serializer())
                .build();
    }

    private void start(int number, Kind kind) throws IOException {
        processes[number] = new ProcessBuilder(
                        java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShelfProcess.class.getName(),
                        store.database().getJdbcUrl(),
                        "node-" + number,
                        kind.name(),
                        Integer.toString(SEGMENTS))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
    }
}
