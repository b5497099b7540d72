package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What replays do follows positions and not times, so clocks may say what they like. */
@ParameterizedClass(name = "{0}")
@EnumSource
class JumpingClocksTest {

    private static final int BOOKS = 10;
    private static final int STEPS = 60;

    @Parameter
    Kind kind;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final JumpingClock jumping = new JumpingClock(new Random(seed));
    private final TestStore store = Engine.POSTGRES_JDBC.open();
    private final Library library = new Library(store, jumping);

    /** Whoever asks it twice gets times that are days apart, in whatever order; until it goes on from the latest one. */
    private static final class JumpingClock extends Clock {

        private static final int MOST_MINUTES = 30_000;

        private final Random random;
        private boolean settled;

        private JumpingClock(Random random) {
            this.random = random;
        }

        @Override
        public synchronized Instant instant() {
            int minutes = settled ? MOST_MINUTES : random.nextInt(-MOST_MINUTES, MOST_MINUTES);
            return Instant.now().plus(Duration.ofMinutes(minutes));
        }

        private synchronized void settle() {
            settled = true;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void create() {
        System.out.printf("seed %d: it fixes what is appended, not the threads%n", seed);
        ShelfRows.create(store.database());
        store.createTokenTable();
        GenericEventMessage.clock = jumping;
    }

    @AfterEach
    void close() {
        GenericEventMessage.clock = Clock.systemUTC();
        AbstractTokenEntry.clock = Clock.systemUTC();
        store.close();
    }

    private ReplayApplication start(String node, ReplayListener listener) {
        var module = new ReplayingEventProcessingModule(ReplayGroups.marked());
        module.replays().listen(listener);
        return ReplayApplication.over(store)
                .kind(kind)
                .module(module)
                .index(store.anotherIndex().clock(jumping).build())
                .segments(2)
                .tokens(store.tokenStore(node, Duration.ofSeconds(10), TestStore.serializer()))
                .handlers(new ShelfRows(store.connections()))
                .start();
    }

    private void someSteps() {
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(3) == 0) {
                ShelfRows.changeWorld(store.database());
                library.expire("k");
            } else {
                library.revise("" + random.nextInt(BOOKS), "t" + i, "k");
            }
        }
        ShelfRows.changeWorld(store.database());
        library.expire("k");
    }

    /**
     * By this clock Axon's processors see when to extend claims, and to store that they have passed what is not for them: for
     * that it has to go on, and another event to come.
     */
    private void settle() {
        jumping.settle();
        for (int book = 0; book < BOOKS; book++) {
            library.revise("" + book, "last", "k");
        }
    }

    private void judge() {
        settle();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ShelfRows.countWrong(store.database()))
                        .as("wrong rows, seed %d", seed)
                        .isZero());
        ShelfRows.awaitPlainTokens(store.database());
        assertThat(ShelfRows.countWrong(store.database())).isZero();
    }

    @Test
    void times_of_events_and_effects_decide_nothing() {
        Heard heard = new Heard();
        try (var application = start("node", heard)) {
            someSteps();

            judge();
            heard.await("closed", 1);
            assertThat(application.processor("shelf").isRunning()).isTrue();
            assertThat(heard.calls)
                    .allSatisfy(call -> assertThat(call.window().duration()).isBetween(Duration.ZERO, PATIENCE));
        }
    }

    /** A claim counts as given up for who sees it days later. */
    @Test
    void a_claim_that_is_lost_because_of_a_clock_costs_nothing_but_time() {
        try (var one = start("one", new Heard());
                var other = start("other", new Heard())) {
            for (int days = 1; days <= 3; days++) {
                someSteps();
                AbstractTokenEntry.clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(days));
            }

            judge();
            assertThat(Map.of("one", one, "other", other).values())
                    .allSatisfy(node ->
                            assertThat(node.processor("shelf").isRunning()).isTrue());
        }
    }
}
