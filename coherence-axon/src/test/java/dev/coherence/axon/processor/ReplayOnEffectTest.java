package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.messaging.annotation.SourceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayOnEffectTest {

    @ProcessingGroup("books")
    @ReplayOnEffect
    static class Books {

        final List<String> calls = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(
                PatchApplied event,
                @SourceId String book,
                @SequenceNumber long version,
                ReplayStatus status,
                Revision revision) {
            calls.add("%s %d %s %s".formatted(book, version, status, revision));
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {
            calls.add("reset " + reset.aggregateIdentifier() + " "
                    + reset.causes().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void smoke(ReplayApplication.Kind kind) {
        try (TestStore store = TestStore.Engine.H2_JDBC.open()) {
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            Books books = new Books();
            try (var app =
                    ReplayApplication.over(store).kind(kind).handlers(books).start()) {
                for (int i = 0; i < 3; i++) {
                    int n = i;
                    RebaseResult r = coherence
                            .rebase(store.index.head())
                            .action(a -> a.reason("r")
                                    .actor("u", "b")
                                    .aggregate("book", "b" + n % 2)
                                    .assoc("k", "v" + n)
                                    .trigger("key", "1"))
                            .execute();
                    System.out.println(r);
                }
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(books.calls).hasSize(3));
                System.out.println(coherence
                        .rebase(store.index.head())
                        .effect(e -> e.reason("expired").trigger("key", "1"))
                        .execute());
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(books.calls).hasSize(8));
                System.out.println(books.calls);
                System.out.println(app.processor("books").processingStatus());
            }
        }
    }
}
