package org.axonframework.eventhandling.tokenstore.inmemory;

import dev.coherence.axon.token.LanesToken;
import java.lang.reflect.Field;
import org.axonframework.eventhandling.DecoratedInMemoryTokenStore;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Axon's suite of the in-memory token store, over the decorator. It compares with plain tokens, which ours hold as their live lane. */
class LanesTokenStoreInAxonsSuiteTest extends InMemoryTokenStoreTest {

    @BeforeEach
    void decorate() throws ReflectiveOperationException {
        Field store = InMemoryTokenStoreTest.class.getDeclaredField("testSubject");
        store.setAccessible(true);
        store.set(this, new DecoratedInMemoryTokenStore() {
            @Override
            public @Nullable TrackingToken fetchToken(String processor, int segment) {
                TrackingToken token = super.fetchToken(processor, segment);
                return token instanceof LanesToken lanes ? lanes.live() : token;
            }
        });
    }
}
