package dev.coherence.axon.token;

import static dev.coherence.axon.token.Universe.gaps;

import dev.coherence.axon.TestStore.Engine;
import java.util.function.Supplier;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A {@link LanesTokenStore} over one of Axon's, and that one beside it. */
@ParameterizedClass(name = "{0}")
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "H2_JDBC_WITHOUT_SPRING")
abstract class OnEveryTokenStore {

    static final String NAME = "books";

    @Parameter
    Engine engine;

    TestTokenStores stores;
    TokenStore plain;
    TokenStore store;
    TrackingToken head = gaps(12, 10);

    @BeforeEach
    void open() {
        stores = TestTokenStores.over(engine);
        plain = stores.plain("node");
        store = LanesTokenStore.builder()
                .tokenStore(plain)
                .head(() -> head)
                .tail(() -> gaps(0))
                .build();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    <T> T tx(Supplier<T> work) {
        return stores.inTransaction(work);
    }

    void tx(Runnable work) {
        stores.inTransaction(work);
    }

    void givenStored(TrackingToken... tokens) {
        tx(() -> plain.initializeTokenSegments(NAME, tokens.length));
        for (int segment = 0; segment < tokens.length; segment++) {
            int number = segment;
            tx(() -> {
                plain.fetchToken(NAME, number);
                plain.storeToken(tokens[number], NAME, number);
                plain.releaseClaim(NAME, number);
            });
        }
    }

    TrackingToken stored(int segment) {
        return tx(() -> plain.fetchToken(NAME, segment));
    }

    TrackingToken fetched(int segment) {
        return tx(() -> store.fetchToken(NAME, segment));
    }

    Segment segment(int number) {
        return Segment.computeSegment(number, tx(() -> plain.fetchSegments(NAME)));
    }
}
