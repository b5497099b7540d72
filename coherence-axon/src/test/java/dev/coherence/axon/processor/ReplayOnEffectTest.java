package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.annotation.AggregateResetHandler;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import dev.coherence.axon.replay.AggregateReset;
import dev.coherence.axon.replay.ReplayCause;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.messaging.annotation.SourceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What handlers get to see when an effect fires a trigger. */
@ParameterizedClass(name = "{0}")
@EnumSource
class ReplayOnEffectTest {

    @Parameter
    Kind kind;

    private final TestStore store = TestStore.Engine.H2_JDBC.open();
    private final Library library = new Library(store);

    @AfterEach
    void close() {
        store.close();
    }

    @ProcessingGroup("books")
    @ReplayOnEffect
    static class Books {

        final List<String> calls = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(PatchApplied event, @SourceId String book, @SequenceNumber long version, ReplayStatus status) {
            calls.add("%s/%d %s".formatted(book, version, status));
        }

        @AggregateResetHandler
        void reset(AggregateReset reset) {
            calls.add("reset " + reset.aggregateIdentifier());
        }

        @ResetHandler
        void resetEverything() {
            calls.add("reset everything");
        }
    }

    @ReplayOnEffect
    static class Told {

        final List<AggregateReset> resets = new CopyOnWriteArrayList<>();

        @EventHandler
        void on(PatchApplied event) {}

        @AggregateResetHandler
        void reset(AggregateReset reset) {
            resets.add(reset);
        }
    }

    private ReplayApplication start(Object... handlers) {
        return ReplayApplication.over(store).kind(kind).handlers(handlers).start();
    }

    private static void eventually(List<String> calls, String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(calls).containsExactly(expected));
    }

    @Test
    void an_aggregate_that_is_linked_to_the_trigger_is_reset_and_its_events_are_handled_again() {
        Books books = new Books();
        try (var application = start(books)) {
            library.revise("a", "1", "k");
            library.revise("b", "1");
            library.revise("a", "2");
            eventually(books.calls, "book:a/0 REGULAR", "book:b/0 REGULAR", "book:a/1 REGULAR");

            application.awaitRest("books", 3);
            library.expire("k");

            eventually(
                    books.calls,
                    "book:a/0 REGULAR",
                    "book:b/0 REGULAR",
                    "book:a/1 REGULAR",
                    "reset book:a",
                    "book:a/0 REPLAY",
                    "book:a/1 REPLAY");
        }
    }

    @Test
    void aggregates_are_replayed_in_the_order_of_their_first_events() {
        Books books = new Books();
        library.revise("b", "1", "k");
        library.revise("a", "1", "k");
        try (var application = start(books)) {
            application.awaitRest("books", 2);
            library.expire("k");

            eventually(
                    books.calls,
                    "book:b/0 REGULAR",
                    "book:a/0 REGULAR",
                    "reset book:b",
                    "book:b/0 REPLAY",
                    "reset book:a",
                    "book:a/0 REPLAY");
        }
    }

    @Test
    void an_effect_on_a_trigger_that_nobody_is_linked_to_changes_nothing() {
        Books books = new Books();
        try (var application = start(books)) {
            library.revise("a", "1", "k");
            library.expire("other");
            application.awaitRest("books", library.revise("a", "2"));

            assertThat(books.calls).containsExactly("book:a/0 REGULAR", "book:a/1 REGULAR");
        }
    }

    @Test
    void a_link_that_is_made_after_the_effect_is_none_for_it() {
        Books books = new Books();
        try (var application = start(books)) {
            library.revise("a", "1");
            library.expire("k");
            library.revise("a", "2", "k");
            application.awaitRest("books", library.revise("b", "1"));

            assertThat(books.calls).containsExactly("book:a/0 REGULAR", "book:a/1 REGULAR", "book:b/0 REGULAR");
        }
    }

    @Test
    void the_reset_handler_is_told_which_aggregate_and_why() {
        Told told = new Told();
        library.revise("a", "1", "k");
        try (var application = start(told)) {
            application.awaitRest("Told", 1);
            long number = library.expire("k");

            application.awaitRest("Told", number);
            AggregateReset reset = told.resets.get(0);
            assertThat(reset.aggregate().toString()).isEqualTo("book:a");
            assertThat(reset.aggregateIdentifier()).isEqualTo("book:a");
            assertThat(reset.causes()).singleElement().isInstanceOfSatisfying(ReplayCause.Fired.class, cause -> {
                assertThat(cause.sequenceNumber()).isEqualTo(number);
                assertThat(cause.reason()).isEqualTo("expired");
                assertThat(cause.effect().effect().trigger().toString()).isEqualTo("key:k");
            });
        }
    }

    @Test
    void at_rest_the_token_store_holds_a_token_of_axons() {
        Books books = new Books();
        library.revise("a", "1", "k");
        try (var application = start(books)) {
            application.awaitRest("books", 1);
            long number = library.expire("k");

            application.awaitRest("books", number);
            assertThat(books.calls).endsWith("reset book:a", "book:a/0 REPLAY");
        }
    }
}
