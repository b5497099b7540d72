package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.axon.replay.ReplaySettings;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.messaging.annotation.SourceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the {@link Revision} parameter of a handler claims to have seen. */
class ReplayedRevisionTest {

    record Call(String book, ReplayStatus status, Revision revision) {}

    @ReplayOnEffect
    static class Rows {

        final List<Call> calls = new CopyOnWriteArrayList<>();
        final CountDownLatch inReplayOfA = new CountDownLatch(1);
        final CountDownLatch mayGoOn = new CountDownLatch(1);

        @EventHandler
        void on(PatchApplied event, @SourceId String book, ReplayStatus status, Revision revision) throws Exception {
            calls.add(new Call(book, status, revision));
            if (status.isReplay() && book.equals("book:a")) {
                inReplayOfA.countDown();
                mayGoOn.await();
            }
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {}

        Revision last(String book) {
            return calls.stream()
                    .filter(call -> call.book().equals("book:" + book))
                    .reduce((one, other) -> other)
                    .orElseThrow()
                    .revision();
        }
    }

    @Nested
    @ParameterizedClass(name = "{0}")
    @EnumSource
    class While_aggregates_are_replayed {

        @Parameter
        Kind kind;

        private final TestStore store = TestStore.Engine.H2_JDBC.open();
        private final Library library = new Library(store);
        private final Rows rows = new Rows();

        @AfterEach
        void close() {
            rows.mayGoOn.countDown();
            store.close();
        }

        /** Replays go first as long as they have room, which is for one. So live events come between them. */
        private ReplayApplication start() {
            return ReplayApplication.over(store)
                    .kind(kind)
                    .settings(new ReplaySettings(0, 1))
                    .handlers(rows)
                    .start();
        }

        @Test
        void a_live_event_of_an_aggregate_that_is_still_to_be_replayed_does_not_claim_the_effect() throws Exception {
            try (var application = start()) {
                long last = 0;
                for (String book : List.of("a", "b", "c", "d", "free")) {
                    last = library.revise(book, "1", book.equals("free") ? "other" : "k");
                }
                application.awaitRest("Rows", last);
                long effect = library.expire("k");
                rows.inReplayOfA.await();
                long live = library.revise("d", "2");
                library.revise("free", "2");
                long onA = library.revise("a", "2");
                rows.mayGoOn.countDown();
                application.awaitRest("Rows", onA);

                Call liveOnD = call("book:d", false, 1);
                assertThat(liveOnD.revision().seesNumber(effect)).isFalse();
                assertThat(rows.last("d").seesNumber(effect)).isTrue();
                assertThat(rows.last("d").version()).hasValue(1);
                assertThat(call("book:free", false, 1).revision().seesNumber(live))
                        .isTrue();
                assertThat(call("book:a", false, 1).revision().seesNumber(effect))
                        .isTrue();
            }
        }

        private Call call(String book, boolean replayed, long version) {
            return rows.calls.stream()
                    .filter(call -> call.book().equals(book)
                            && call.status().isReplay() == replayed
                            && call.revision().version().orElseThrow() == version)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(rows.calls.toString()));
        }

        /** Else a command on what it shows would be in conflict with an effect that it followed. */
        @Test
        void a_projection_that_begins_after_an_effect_claims_it() {
            library.revise("x", "1", "k");
            long effect = library.expire("k");
            try (var application = start()) {
                application.awaitRest("Rows", effect);

                assertThat(rows.calls).hasSize(1);
                assertThat(rows.last("x")).isEqualTo(Revision.of(0, effect));
            }
        }

        @Test
        void at_rest_it_claims_all_up_to_the_event() {
            try (var application = start()) {
                library.revise("x", "1", "other");
                library.expire("k");
                long number = library.revise("x", "2");
                application.awaitRest("Rows", number);

                assertThat(rows.last("x")).isEqualTo(Revision.of(1, number));
            }
        }
    }

    @Nested
    class Elsewhere {

        private final TestStore store = TestStore.Engine.H2_JDBC.open();
        private final Library library = new Library(store);

        @AfterEach
        void close() {
            store.close();
        }

        static class Plain {

            final List<Revision> revisions = new CopyOnWriteArrayList<>();

            @EventHandler
            void on(PatchApplied event, Revision revision) {
                revisions.add(revision);
            }
        }

        @Test
        void a_processor_without_replays_claims_all_up_to_the_event() {
            Plain plain = new Plain();
            try (var application = ReplayApplication.over(store).handlers(plain).start()) {
                library.revise("a", "1", "k");
                library.expire("k");
                long number = library.revise("a", "2");
                application.awaitRest("Plain", number);

                assertThat(plain.revisions.get(1)).isEqualTo(Revision.of(1, number));
            }
        }

        @Test
        void where_nobody_knows_no_effect_counts_as_seen() {
            Plain plain = new Plain();
            try (var application = ReplayApplication.over(store)
                    .handlers(plain)
                    .with(processing -> processing.usingSubscribingEventProcessors())
                    .start()) {
                library.revise("a", "1", "k");

                assertThat(application
                                .configuration()
                                .eventProcessingConfiguration()
                                .eventProcessors())
                        .containsOnlyKeys("Plain");
                assertThat(plain.revisions).containsExactly(Revision.of(0, 0));
            }
        }
    }
}
