package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.replay.AggregateReset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.GenericDeadLetterTableFactory;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.annotation.SourceId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Dead letters in the database of the events. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"TRACKING_ON_H2", "POOLED_ON_H2", "TRACKING_ON_POSTGRES", "POOLED_ON_POSTGRES"})
class StoredDeadLettersTest extends NodesWithRows {

    private final AtomicBoolean eventsFail = new AtomicBoolean(true);
    private final AtomicBoolean resetsFail = new AtomicBoolean();
    private final AtomicBoolean resetHasFailed = new AtomicBoolean();
    private JdbcSequencedDeadLetterQueue<EventMessage<?>> queue;

    @BeforeEach
    void createQueue() {
        queue = JdbcSequencedDeadLetterQueue.builder()
                .processingGroup("loans")
                .connectionProvider(store.connections())
                .transactionManager(store.transactions)
                .genericSerializer(TestStore.serializer())
                .eventSerializer(TestStore.serializer())
                .build();
        queue.createSchema(new GenericDeadLetterTableFactory() {
            @Override
            protected String serializedDataType() {
                return "BYTEA";
            }
        });
    }

    @ProcessingGroup("loans")
    @ReplayOnEffect
    class Loans {

        @EventHandler
        void on(PatchApplied event, @SourceId String book) {
            if (eventsFail.get()) {
                throw new IllegalStateException("not yet");
            }
        }

        /** After the eviction, in the same transaction. */
        @AggregateResetHandler
        void reset(AggregateReset reset) {
            if (resetsFail.get()) {
                resetHasFailed.set(true);
                throw new IllegalStateException("not yet either");
            }
        }
    }

    private long parked(String book) {
        return store.transactions.fetchInTransaction(() -> queue.sequenceSize("book:" + book));
    }

    private ReplayApplication start() {
        return node().handlers(new Loans())
                .with(processing -> processing.registerDeadLetterQueue("loans", config -> queue))
                .start();
    }

    @Test
    void of_a_replayed_aggregate_are_evicted_and_others_stay() {
        try (var application = start()) {
            library.revise("a", "1", "k");
            library.revise("a", "2");
            application.awaitRest("loans", library.revise("b", "1", "other"));
            assertThat(parked("a")).isEqualTo(2);
            assertThat(parked("b")).isEqualTo(1);

            eventsFail.set(false);
            application.awaitRest("loans", library.expire("k"));

            assertThat(parked("a")).isZero();
            assertThat(parked("b")).isEqualTo(1);
        }
    }

    @Test
    void stay_where_the_replay_that_evicts_them_is_rolled_back() {
        try (var application = start()) {
            application.awaitRest("loans", library.revise("a", "1", "k"));
            assertThat(parked("a")).isEqualTo(1);

            eventsFail.set(false);
            resetsFail.set(true);
            long effect = library.expire("k");
            await().atMost(PATIENCE).untilTrue(resetHasFailed);
            assertThat(parked("a")).isEqualTo(1);

            resetsFail.set(false);
            application.awaitRest("loans", effect);
            assertThat(parked("a")).isZero();
        }
    }
}
