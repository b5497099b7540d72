package dev.coherence.axon.processor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import dev.coherence.axon.replay.AggregateReset;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A processor that is stopped in the middle of a replay does not go on to the end of it. */
class StopInMidReplayTest {

    private static final int BOOKS = 5_000;
    private static final long MILLIS_FOR_A_BOOK = 50;

    /** The replay of all books takes four minutes; what is under way when the processor is stopped takes a second. */
    private static final long PATIENCE_IN_SECONDS = 40;

    @ProcessingGroup("slow")
    @ReplayOnEffect
    static final class Slow {

        private final Semaphore replayed = new Semaphore(0);

        @EventHandler
        void on(PatchApplied event, ReplayStatus status) throws InterruptedException {
            if (status.isReplay()) {
                Thread.sleep(MILLIS_FOR_A_BOOK);
                replayed.release();
            }
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {}
    }

    @ParameterizedTest
    @EnumSource
    void it_ends_with_the_batch_that_is_under_way(Kind kind) throws Exception {
        Slow slow = new Slow();
        try (TestStore store = Engine.H2_JDBC.open()) {
            Library library = new Library(store);
            library.reviseAll(IntStream.range(0, BOOKS), book -> "k");
            try (var application = ReplayApplication.over(store)
                    .kind(kind)
                    .batchSize(20)
                    .handlers(slow)
                    .start()) {
                application.awaitRest("slow", BOOKS);
                library.expire("k");
                slow.replayed.acquire(50);

                application.processor("slow").shutdownAsync().get(PATIENCE_IN_SECONDS, SECONDS);

                int replayed = slow.replayed.availablePermits();
                assertThat(replayed).as("books replayed").isLessThan(BOOKS / 2);
            }
        }
    }
}
