package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.axon.CapturedLog;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.effect.AxonEffects;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.replay.AggregateReset;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.SequenceNumber;
import org.junit.jupiter.api.Test;

/** What the log says of a replay that fails. */
class FailedReplayLogTest extends WatchedNodes {

    private static final long NONE = -2;
    private static final long RESET = -1;

    /** What Axon has made of a failure. */
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

    private final Catalogue catalogue = new Catalogue();

    @ReplayOnEffect
    static final class Catalogue {

        private final IllegalStateException failure = new IllegalStateException("Ubik");
        private volatile long failingAt = NONE;

        @EventHandler
        void on(PatchApplied event, @SequenceNumber long sequenceNumber, ReplayStatus status) {
            if (status.isReplay() && sequenceNumber == failingAt) {
                throw failure;
            }
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {
            if (failingAt == RESET) {
                throw failure;
            }
        }
    }

    private ReplayApplication start() {
        return ReplayApplication.over(store)
                .kind(setup.kind)
                .tokens(store.tokenStore("n", Duration.ofSeconds(10), TestStore.serializer()))
                .handlers(catalogue)
                .with(processing -> processing.registerDefaultErrorHandler(config -> context -> {
                    errors.add(context.error());
                    throw (Exception) context.error();
                }))
                .start();
    }

    private List<String> failed(CapturedLog log) {
        Awaitility.await().atMost(PATIENCE).until(() -> !errors.isEmpty());
        return log.lines("The replay of");
    }

    @Test
    void names_the_aggregate_the_group_the_event_and_the_effect() {
        try (CapturedLog log = new CapturedLog();
                ReplayApplication node = start()) {
            awaitRest(node, books(1, "k"));
            catalogue.failingAt = 1;
            library.expire("k");

            assertThat(failed(log).get(0))
                    .endsWith(
                            "The replay of book:0 to [Catalogue] failed at the event with sequence number 1, in segment 0,"
                                    + " with java.lang.IllegalStateException. It was to be replayed because of the effect 3 (expired"
                                    + " of key:k)");
            catalogue.failingAt = NONE;
            awaitRest(node, 3);
        }
    }

    @Test
    void names_the_request_and_not_what_events_and_exceptions_hold() {
        try (CapturedLog log = new CapturedLog();
                AxonEffects effects = AxonEffects.builder()
                        .eventStore(store.eventStore)
                        .transactionManager(store.transactions)
                        .index(store.index)
                        .settings(CoherenceSettings.withSource("test"))
                        .build();
                ReplayApplication node = start()) {
            awaitRest(node, books(1, "k"));
            catalogue.failingAt = RESET;
            effects.replay(Identity.of("book", "0"), "mended");

            assertThat(failed(log))
                    .allMatch(
                            line -> line.endsWith(
                                    "failed before its first event, in segment 0, with"
                                            + " java.lang.IllegalStateException. It was to be replayed because of the request 3 (mended)"))
                    .isNotEmpty();
            catalogue.failingAt = NONE;
            awaitRest(node, 3);
        }
    }

    @Test
    void leaves_the_exception_to_axons_error_handlers_as_it_is() {
        try (CapturedLog log = new CapturedLog();
                ReplayApplication node = start()) {
            awaitRest(node, books(1, "k"));
            catalogue.failingAt = 0;
            library.expire("k");
            Awaitility.await().atMost(PATIENCE).until(() -> errors.size() >= 2);

            assertThat(errors).containsOnly(catalogue.failure);
            assertThat(catalogue.failure.getSuppressed()).isEmpty();
            assertThat(failed(log)).hasSizeBetween(errors.size() - 1, errors.size() + 1);
            catalogue.failingAt = NONE;
            awaitRest(node, 3);
        }
    }

    @Test
    void names_ten_of_many_causes() {
        try (CapturedLog log = new CapturedLog();
                ReplayApplication node = start()) {
            String[] keys = IntStream.range(0, 12).mapToObj(Integer::toString).toArray(String[]::new);
            awaitRest(node, library.revise("0", "1", keys));
            catalogue.failingAt = 0;
            library.expireAll(Stream.of(keys));

            assertThat(failed(log).get(0))
                    .contains("because of the effect 2 (expired of key:0), the effect 3 (expired of key:1), ")
                    .endsWith("the effect 11 (expired of key:9), and 2 more");
            catalogue.failingAt = NONE;
            awaitRest(node, 13);
        }
    }
}
