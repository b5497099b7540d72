package dev.coherence.axon.token;

import static dev.coherence.axon.token.Universe.gaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.axon.OwnThread;
import dev.coherence.axon.TestStore.Engine;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackerStatus;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes with one table of tokens. Each test has a control run, which shows what plain Axon's stores let happen. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"H2_JDBC", "POSTGRES_JDBC", "POSTGRES_JPA"})
class TwoNodesTest {

    private static final String NAME = "books";
    private static final Segment WHOLE = Segment.ROOT_SEGMENT;

    @Parameter
    Engine engine;

    private TestTokenStores stores;

    @BeforeEach
    void open() {
        stores = TestTokenStores.over(engine);
        tx(() -> stores.plain("setup").initializeTokenSegments(NAME, 1, gaps(9)));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private void tx(Runnable work) {
        stores.inTransaction(work);
    }

    private TokenStore ours(String node) {
        return ours(stores.plain(node), Duration.ofSeconds(5));
    }

    private static TokenStore ours(TokenStore plain, Duration recheckAfter) {
        return LanesTokenStore.builder()
                .tokenStore(plain)
                .head(() -> gaps(9))
                .tail(() -> gaps(0))
                .recheckAfter(recheckAfter)
                .build();
    }

    private void split(TokenStore node) {
        tx(() -> {
            TrackerStatus[] halves = TrackerStatus.split(WHOLE, node.fetchToken(NAME, WHOLE));
            node.initializeSegment(halves[1].getInternalTrackingToken(), NAME, 1);
            node.releaseClaim(NAME, 0);
        });
    }

    private void move(TokenStore node, TrackingToken to) {
        tx(() -> {
            node.fetchToken(NAME, WHOLE);
            node.storeToken(to, NAME, 0);
            node.releaseClaim(NAME, 0);
        });
    }

    /** What the tracking processor does after an error: release, wait, and fetch again by number. */
    @Nested
    class A_node_that_backs_off {

        private void backOff(TokenStore one, TokenStore other) {
            tx(() -> one.fetchToken(NAME, WHOLE));
            tx(() -> one.releaseClaim(NAME, 0));
            split(other);
            tx(() -> one.fetchToken(NAME, 0));
        }

        @Test
        void does_not_go_on_with_a_segment_that_another_node_has_split() {
            assertThatThrownBy(() -> backOff(ours("A"), ours("B"))).isInstanceOf(UnableToClaimTokenException.class);
        }

        /** The tracking processor runs a split that was asked for before it claims its segment again. */
        private void splitWhileBackingOff(TokenStore one, TokenStore other) {
            tx(() -> {
                stores.plain("setup").storeToken(null, NAME, 0);
                stores.plain("setup").releaseClaim(NAME, 0);
            });
            tx(() -> one.fetchToken(NAME, WHOLE));
            tx(() -> one.releaseClaim(NAME, 0));
            tx(() -> other.fetchToken(NAME, WHOLE));
            tx(() -> one.initializeSegment(null, NAME, 1));
        }

        @Test
        void does_not_split_a_segment_that_another_node_has_claimed_also_if_nothing_had_been_seen() {
            assertThatThrownBy(() -> splitWhileBackingOff(ours("A"), ours("B")))
                    .isInstanceOf(UnableToClaimTokenException.class);
        }

        @Test
        void would_split_it_with_plain_axon() {
            assertThatCode(() -> splitWhileBackingOff(stores.plain("A"), stores.plain("B")))
                    .doesNotThrowAnyException();
        }

        @Test
        void would_go_on_with_plain_axon() {
            assertThatCode(() -> backOff(stores.plain("A"), stores.plain("B"))).doesNotThrowAnyException();
        }
    }

    /** A handler that is slower than the claim timeout; the other node takes the segment over and gives it back. */
    @Nested
    class A_node_whose_claim_was_taken {

        private void lose(TokenStore one, TokenStore other, boolean isSplit) {
            tx(() -> one.fetchToken(NAME, WHOLE));
            stores.expireClaims();
            if (isSplit) {
                split(other);
            } else {
                move(other, gaps(12));
            }
            tx(() -> one.storeToken(gaps(10), NAME, 0));
        }

        private TokenStore rechecking(String node) {
            return ours(stores.plain(node), Duration.ZERO);
        }

        @Test
        void does_not_store_the_token_of_a_segment_that_was_split() {
            assertThatThrownBy(() -> lose(rechecking("A"), ours("B"), true))
                    .isInstanceOf(UnableToClaimTokenException.class)
                    .hasMessageContaining("split or merged");
        }

        @Test
        void does_not_store_a_token_that_is_behind_the_one_of_the_other_node() {
            assertThatThrownBy(() -> lose(rechecking("A"), ours("B"), false))
                    .isInstanceOf(UnableToClaimTokenException.class)
                    .hasMessageContaining("Another node has held it meanwhile");
            assertThat(stores.inTransaction(() -> stores.plain("C").fetchToken(NAME, 0)))
                    .isEqualTo(gaps(12));
        }

        @Test
        void does_not_extend_the_claim_either() {
            TokenStore one = rechecking("A");
            tx(() -> one.fetchToken(NAME, WHOLE));
            stores.expireClaims();
            move(ours("B"), gaps(12));

            assertThatThrownBy(() -> tx(() -> one.extendClaim(NAME, 0)))
                    .isInstanceOf(UnableToClaimTokenException.class);
        }

        @Test
        void would_store_it_with_plain_axon() {
            assertThatCode(() -> lose(stores.plain("A"), stores.plain("B"), true))
                    .doesNotThrowAnyException();
            assertThat(stores.inTransaction(() -> stores.plain("A").fetchToken(NAME, 0)))
                    .as("the lower half has the token of the whole")
                    .isEqualTo(gaps(10));
        }

        @Test
        void and_not_used_stores_as_before() {
            TokenStore one = rechecking("A");
            tx(() -> one.fetchToken(NAME, WHOLE));
            stores.expireClaims();
            tx(() -> {
                ours("B").fetchToken(NAME, WHOLE);
                ours("B").releaseClaim(NAME, 0);
            });

            tx(() -> one.storeToken(StoredTokens.lift(gaps(10)), NAME, 0));

            assertThat(stores.inTransaction(() -> stores.plain("A").fetchToken(NAME, 0)))
                    .isEqualTo(gaps(10));
        }
    }

    @Nested
    class At_the_same_time {

        /** The row of the parent is locked from the claim on, so a store waits for the split, and then finds it. */
        @Test
        void a_store_waits_for_a_split_and_is_refused() throws Exception {
            TokenStore one = ours(stores.plain("A"), Duration.ZERO);
            TokenStore other = ours("B");
            tx(() -> one.fetchToken(NAME, WHOLE));
            stores.expireClaims();
            CountDownLatch isSplit = new CountDownLatch(1);
            CountDownLatch mayCommit = new CountDownLatch(1);
            CompletableFuture<Void> split = OwnThread.run(() -> tx(() -> {
                other.initializeSegment(other.fetchToken(NAME, WHOLE), NAME, 1);
                other.releaseClaim(NAME, 0);
                isSplit.countDown();
                await(mayCommit);
            }));
            await(isSplit);
            CompletableFuture<Void> store =
                    OwnThread.run(() -> tx(() -> one.storeToken(StoredTokens.lift(gaps(10)), NAME, 0)));
            assertThatThrownBy(() -> store.get(200, TimeUnit.MILLISECONDS)).isNotNull();
            mayCommit.countDown();
            split.get(10, TimeUnit.SECONDS);

            assertThatThrownBy(() -> store.get(20, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(UnableToClaimTokenException.class);
        }

        private void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Queries of a batch: one store, as with plain Axon. */
    @Nested
    class Under_load {

        @Test
        void a_batch_costs_no_more_calls_than_with_plain_axon() {
            AtomicInteger calls = new AtomicInteger();
            TokenStore one = ours(counting(calls), Duration.ofMinutes(5));
            tx(() -> one.fetchToken(NAME, WHOLE));
            calls.set(0);

            for (int batch = 10; batch < 20; batch++) {
                TrackingToken token = StoredTokens.lift(gaps(batch));
                tx(() -> {
                    one.extendClaim(NAME, 0);
                    one.storeToken(token, NAME, 0);
                });
            }

            assertThat(calls).hasValue(20);
        }

        private TokenStore counting(AtomicInteger calls) {
            TokenStore plain = stores.plain("A");
            return (TokenStore) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                        calls.incrementAndGet();
                        return method.invoke(plain, arguments);
                    });
        }
    }
}
