package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.replay.AggregateReset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.messaging.annotation.SourceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Slow handlers, on two nodes that share a database. A worker extends its claim between two messages, so that a batch may last longer
 * than a claim, but no message may, and the replay of an aggregate is one; where the coordinator does it, that may, too.
 */
@ParameterizedClass(name = "coordinator extends claims: {0}")
@ValueSource(booleans = {false, true})
class SlowReplayTest {

    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(3);
    private static final List<String> BOOKS = List.of("a", "b", "c", "d");

    @Parameter
    boolean coordinatorExtendsClaims;

    private final AtomicInteger live = new AtomicInteger();
    private final Map<String, AtomicInteger> replayed = new ConcurrentHashMap<>();

    @ProcessingGroup("slow")
    @ReplayOnEffect
    class Slow {

        @EventHandler
        void on(PatchApplied event, @SourceId String book, ReplayStatus status) throws InterruptedException {
            if (status.isReplay()) {
                Thread.sleep(CLAIM_TIMEOUT
                        .dividedBy(coordinatorExtendsClaims ? 3 : 6)
                        .toMillis());
                replayed.computeIfAbsent(book, b -> new AtomicInteger()).incrementAndGet();
            } else {
                live.incrementAndGet();
            }
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {}
    }

    private ReplayApplication start(TestStore store, String node) {
        return ReplayApplication.over(store)
                .kind(ReplayApplication.Kind.POOLED)
                .segments(2)
                .batchSize(8)
                .tokens(store.tokenStore(node, CLAIM_TIMEOUT, TestStore.serializer()))
                .handlers(new Slow())
                .with(processing ->
                        processing.registerPooledStreamingEventProcessorConfiguration("slow", (config, builder) -> {
                            builder.claimExtensionThreshold(500);
                            return coordinatorExtendsClaims ? builder.enableCoordinatorClaimExtension() : builder;
                        }))
                .start();
    }

    @Test
    void are_not_taken_over_in_the_middle() {
        try (TestStore store = TestStore.Engine.POSTGRES_JDBC.open()) {
            store.createTokenTable();
            Library library = new Library(store);
            for (int event = 0; event < 4; event++) {
                for (String book : BOOKS) {
                    library.revise(book, "" + event, "k");
                }
            }
            try (var one = start(store, "one");
                    var other = start(store, "other")) {
                await().atMost(PATIENCE).untilAtomic(live, equalTo(4 * BOOKS.size()));
                library.expire("k");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(replayed)
                                .hasSameSizeAs(BOOKS)
                                .allSatisfy((book, times) -> assertThat(times).hasValueGreaterThanOrEqualTo(4)));
                ShelfRows.awaitPlainTokens(store.database());
                assertThat(List.of(one, other))
                        .allMatch(node -> !node.processor("slow").isError());
            }
            assertThat(replayed)
                    .as("each event is handled once more: nobody took a segment over, and nothing was rolled back")
                    .allSatisfy((book, times) -> assertThat(times).hasValue(4));
        }
    }
}
