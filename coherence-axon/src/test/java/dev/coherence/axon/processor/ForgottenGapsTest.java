package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.token.Lane;
import dev.coherence.axon.token.LanesToken;
import java.time.Duration;
import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A segment has come from a node whose event store has given up a gap, in the middle of a window that had been open there. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"TRACKING_ON_H2", "POOLED_ON_H2", "TRACKING_ON_POSTGRES", "POOLED_ON_POSTGRES"})
class ForgottenGapsTest extends NodesWithRows {

    private long first;
    private long effect;
    private long last;

    @BeforeEach
    void one_segment_has_handled_all() {
        first = library.revise("a", "A", "k");
        effect = library.expire("k");
        last = library.revise("b", "B");
        try (ReplayApplication node = node().segments(1).start()) {
            node.awaitRest("shelf", last);
        }
    }

    private void store(LanesToken token) {
        TokenStore tokens = store.tokenStore("before", Duration.ofSeconds(10), TestStore.serializer());
        store.inTransaction(() -> {
            tokens.fetchToken("shelf", 0);
            tokens.storeToken(token, "shelf", 0);
            tokens.releaseClaim("shelf", 0);
            return token;
        });
    }

    private static GapAwareTrackingToken seen(long index, Long... gaps) {
        return GapAwareTrackingToken.newInstance(index, List.of(gaps));
    }

    @Test
    void comes_to_rest_where_no_effect_has_filled_the_gap() {
        store(LanesToken.event(seen(last), new Lane(seen(last, first), seen(last), Long.MAX_VALUE)));

        try (ReplayApplication node = node().segments(1).start()) {
            node.awaitRest("shelf", library.revise("b", "C"));

            assertThat(ShelfRows.count(store.database(), "reset")).as("resets").isZero();
        }
    }

    @Test
    void replays_the_effect_that_has_filled_it() {
        ShelfRows.changeWorld(store.database());
        store(LanesToken.event(seen(last), Lane.idleAt(seen(last, effect))));

        try (ReplayApplication node = node().segments(1).start()) {
            node.awaitRest("shelf", library.revise("b", "C"));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    ShelfRows.count(store.database(), "shelf WHERE book = 'book:a' AND world = 1"))
                            .isEqualTo(1));
        }
    }
}
