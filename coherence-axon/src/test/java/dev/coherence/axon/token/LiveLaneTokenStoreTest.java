package dev.coherence.axon.token;

import static dev.coherence.axon.token.Tokens.OPEN;
import static dev.coherence.axon.token.Tokens.merge;
import static dev.coherence.axon.token.Universe.gaps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.eventhandling.ReplayToken.createReplayToken;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.junit.jupiter.api.Test;

class LiveLaneTokenStoreTest {

    private final InMemoryTokenStore decorated = new InMemoryTokenStore();
    private final LiveLaneTokenStore store = new LiveLaneTokenStore(decorated);

    private TrackingToken fetched(TrackingToken stored) {
        decorated.storeToken(stored, "books", 0);
        TrackingToken fetched = store.fetchToken("books", 0);
        assertThat(store.fetchToken("books", Segment.ROOT_SEGMENT)).isEqualTo(fetched);
        return fetched;
    }

    @Test
    void reads_a_token_of_ours_as_its_live_lane() {
        TrackingToken replay = createReplayToken(gaps(9), gaps(5), "why");

        assertThat(fetched(LanesToken.of(gaps(9), OPEN))).isEqualTo(gaps(9));
        assertThat(fetched(LanesToken.of(merge(gaps(5), gaps(9)), OPEN))).isEqualTo(merge(gaps(5), gaps(9)));
        assertThat(fetched(LanesToken.of(replay, OPEN))).isEqualTo(replay);
    }

    @Test
    void reads_plain_tokens_as_they_are() {
        TrackingToken merged = merge(gaps(5), gaps(9));

        assertThat(fetched(gaps(9))).isEqualTo(gaps(9));
        assertThat(fetched(merged)).isSameAs(merged);
        assertThat(fetched(null)).isNull();
    }

    @Test
    void warns_once_for_each_processor_that_leaves_replays_undone() {
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            fetched(gaps(9));
            assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("books");
            fetched(LanesToken.of(gaps(9), OPEN));
            fetched(LanesToken.of(gaps(10), OPEN));
        } finally {
            System.setErr(err);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).containsOnlyOnce("Processor 'books' takes no part in replays");
    }

    @Test
    void writes_what_the_processor_writes() {
        store.initializeTokenSegments("books", 2, gaps(3));
        store.storeToken(gaps(4), "books", 1);
        store.initializeSegment(gaps(5), "books", 2);
        store.deleteToken("books", 0);

        assertThat(store.fetchSegments("books")).containsExactly(1, 2);
        assertThat(store.fetchAvailableSegments("books")).hasSize(2);
        assertThat(decorated.fetchToken("books", 1)).isEqualTo(gaps(4));
        assertThat(store.requiresExplicitSegmentInitialization()).isTrue();
        assertThat(store.retrieveStorageIdentifier()).isEqualTo(decorated.retrieveStorageIdentifier());
    }
}
