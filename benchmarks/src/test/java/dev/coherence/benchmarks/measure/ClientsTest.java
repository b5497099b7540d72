package dev.coherence.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClientsTest {

    private final Clients clients = new Clients(3);

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void each_piece_of_work_is_done_once() {
        AtomicInteger done = new AtomicInteger();

        clients.time(Collections.nCopies(100, done::incrementAndGet));

        assertThat(done).hasValue(100);
    }

    @Test
    void they_work_at_the_same_time() {
        CountDownLatch all = new CountDownLatch(3);

        clients.time(Collections.nCopies(3, () -> {
            all.countDown();
            await(all);
        }));

        assertThat(all.getCount()).isZero();
    }

    @Test
    void the_time_is_that_of_the_last_to_be_done() {
        AtomicLong last = new AtomicLong();

        long nanos = clients.time(List.of(() -> {}, () -> last.set(nanosOfSleeping(50)), () -> {}));

        assertThat(nanos).isGreaterThanOrEqualTo(last.get());
    }

    @Test
    void a_failure_is_told_with_its_cause() {
        RuntimeException failure = new RuntimeException("no");

        assertThatIllegalStateException()
                .isThrownBy(() -> clients.time(List.of(() -> {
                    throw failure;
                })))
                .withMessageContaining("no")
                .withCause(failure);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long nanosOfSleeping(long millis) {
        long begin = System.nanoTime();
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return System.nanoTime() - begin;
    }
}
