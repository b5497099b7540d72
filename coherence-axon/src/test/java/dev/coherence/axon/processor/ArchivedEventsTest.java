package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestDatabases;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody has deleted events of an aggregate, or moved them to an archive, before it is replayed. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"TRACKING_ON_H2", "POOLED_ON_POSTGRES"})
class ArchivedEventsTest extends NodesWithRows {

    private static final int BOOKS = 3;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    private ReplayApplication start() {
        return node().with(this::rememberErrors).start();
    }

    private void rememberErrors(EventProcessingConfigurer processing) {
        processing.registerDefaultErrorHandler(config -> context -> {
            errors.add(context.error());
            PropagatingErrorHandler.instance().handleError(context);
        });
    }

    /** Books with three events each, all handled in world 0. */
    private void given() {
        for (int i = 0; i < 3; i++) {
            library.reviseAll(IntStream.range(0, BOOKS), book -> "k");
        }
        awaitRight(BOOKS);
        ShelfRows.changeWorld(store.database());
    }

    private void awaitRight(int books) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(ShelfRows.countWrong(store.database())).isZero();
            assertThat(ShelfRows.count(store.database(), "shelf")).isEqualTo(books);
        });
    }

    private void archive(String condition) {
        TestDatabases.execute(
                store.database(), "CREATE TABLE archive AS SELECT * FROM DomainEventEntry WHERE " + condition);
        TestDatabases.execute(store.database(), "DELETE FROM DomainEventEntry WHERE " + condition);
    }

    private void putBack() {
        TestDatabases.execute(store.database(), "INSERT INTO DomainEventEntry SELECT * FROM archive");
    }

    private void awaitRefusal() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(errors)
                        .anySatisfy(error -> assertThat(error)
                                .hasMessageContaining("The events of book:1 begin with sequence number 2")));
    }

    @Test
    void an_aggregate_without_events_is_reset_and_shown_no_more() {
        try (var application = start()) {
            given();
            archive("aggregateIdentifier = 'book:1'");
            library.expire("k");

            awaitRight(BOOKS - 1);
            ShelfRows.awaitPlainTokens(store.database());
            assertThat(errors).isEmpty();
            assertThat(application.processor("shelf").isError()).isFalse();
        }
    }

    @Test
    void an_aggregate_without_its_first_events_stays_as_it_is_until_they_are_back() {
        try (var application = start()) {
            given();
            archive("aggregateIdentifier = 'book:1' AND sequenceNumber < 2");
            library.expire("k");

            awaitRefusal();
            assertThat(ShelfRows.count(store.database(), "shelf WHERE handled = 3"))
                    .isEqualTo(BOOKS);
            assertThat(ShelfRows.count(store.database(), "shelf WHERE book = 'book:1' AND world = 0"))
                    .isEqualTo(1);
            putBack();

            awaitRight(BOOKS);
            ShelfRows.awaitPlainTokens(store.database());
            assertThat(application.processor("shelf").isRunning()).isTrue();
        }
    }

    @Test
    void an_aggregate_without_its_first_events_is_done_with_when_the_others_are_deleted() {
        try (var application = start()) {
            given();
            archive("aggregateIdentifier = 'book:1' AND sequenceNumber < 2");
            library.expire("k");

            awaitRefusal();
            TestDatabases.execute(
                    store.database(), "DELETE FROM DomainEventEntry WHERE aggregateIdentifier = 'book:1'");

            awaitRight(BOOKS - 1);
            ShelfRows.awaitPlainTokens(store.database());
            assertThat(application.processor("shelf").isRunning()).isTrue();
        }
    }
}
