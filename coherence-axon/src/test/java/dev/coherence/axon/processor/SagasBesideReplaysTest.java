package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.annotation.SourceId;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.modelling.saga.repository.inmemory.InMemorySagaStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sagas act on what happens, and a replay is nothing that happens. */
class SagasBesideReplaysTest {

    private static final String SAGA = "OrderSagaProcessor";
    private static final List<String> CALLS = new CopyOnWriteArrayList<>();

    private final TestStore store = Engine.H2_JDBC.open();
    private final Library library = new Library(store);
    private final StoredOfSaga tokens = new StoredOfSaga();
    private final Shelf shelf = new Shelf();

    /** Follows the reason of all changes and effects; there is one saga for each. */
    public static final class OrderSaga {

        @StartSaga
        @SagaEventHandler(associationProperty = "reason")
        public void on(PatchApplied event, @SourceId String book, @SequenceNumber long version, ReplayStatus status) {
            SagaLifecycle.associateWith("trigger", "key:k");
            CALLS.add("%s/%d %s".formatted(book, version, status));
        }

        @SagaEventHandler(associationProperty = "trigger")
        public void on(EffectFired event, ReplayStatus status) {
            CALLS.add("effect %s".formatted(status));
        }
    }

    /** Keeps the tokens that were ever stored for the saga. */
    private static final class StoredOfSaga extends InMemoryTokenStore {

        private final List<TrackingToken> stored = new CopyOnWriteArrayList<>();

        @Override
        public void storeToken(@Nullable TrackingToken token, String processor, int segment) {
            if (processor.equals(SAGA) && token != null) {
                stored.add(token);
            }
            super.storeToken(token, processor, segment);
        }
    }

    @BeforeEach
    void forgetCalls() {
        CALLS.clear();
    }

    @AfterEach
    void close() {
        shelf.openAll();
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_saga_handles_the_events_and_the_effect_once_and_keeps_tokens_of_axons(Kind kind) throws Exception {
        try (var application = ReplayApplication.over(store)
                .kind(kind)
                .tokens(tokens)
                .handlers(shelf)
                .with(processing -> processing.registerSaga(
                        OrderSaga.class, saga -> saga.configureSagaStore(config -> new InMemorySagaStore())))
                .start()) {
            library.revise("a", "1", "k");
            application.awaitRest("Shelf", library.revise("a", "2"));
            shelf.close("a");
            long effect = library.expire("k");
            shelf.awaitReplayOf("a");

            awaitSaga(effect);
            shelf.openAll();
            long last = library.revise("a", "3");
            application.awaitRest("Shelf", last);
            application.awaitRest(SAGA, last);

            assertThat(CALLS)
                    .containsExactly("book:a/0 REGULAR", "book:a/1 REGULAR", "effect REGULAR", "book:a/2 REGULAR");
            assertThat(tokens.stored)
                    .isNotEmpty()
                    .allSatisfy(token -> assertThat(token.getClass().getName()).startsWith("org.axonframework."));
        }
    }

    private void awaitSaga(long position) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tokens.stored)
                        .last()
                        .satisfies(token -> assertThat(token.position()).hasValue(position)));
    }
}
