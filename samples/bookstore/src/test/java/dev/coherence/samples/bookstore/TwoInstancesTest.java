package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.CatalogueClient.converted;
import static dev.coherence.samples.bookstore.CatalogueClient.decimal;
import static dev.coherence.samples.bookstore.Client.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Two bookstores share a PostgreSQL, and the work on the catalogue; one of them comes and goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesTest {

    private static final String OFTEN = "--axon.eventhandling.processors.catalogue.token-claim-interval=200";
    private static final BigDecimal PRICE = new BigDecimal("9.5");

    private EmbeddedPostgres postgres;
    private RunningBookstore first;
    private RunningBookstore second;
    private CatalogueClient books;
    private final List<String> isbns =
            Stream.generate(() -> unique("978")).limit(50).toList();

    /** Axon tells nodes apart by their process, and here both are in one. */
    @Import(BookstoreApplication.class)
    static class SecondNode {

        @Bean
        TokenStore tokenStore(ConnectionProvider connections, Serializer serializer) {
            return JdbcTokenStore.builder()
                    .connectionProvider(connections)
                    .serializer(serializer)
                    .nodeId("second")
                    .build();
        }
    }

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        first = RunningBookstore.startOn(postgres, OFTEN);
        books = new CatalogueClient(first.client());
        isbns.forEach(isbn -> books.add(isbn, PRICE.toString()));
        isbns.forEach(books::upToDate);
    }

    @AfterAll
    void stop() throws IOException {
        first.close();
        postgres.close();
    }

    @BeforeEach
    void start_the_second() {
        second = RunningBookstore.startNodeOn(postgres, SecondNode.class, OFTEN);
    }

    @AfterEach
    void stop_the_second() {
        second.close();
    }

    private static StreamingEventProcessor processor(RunningBookstore bookstore) {
        return bookstore
                .bean(EventProcessingConfiguration.class)
                .eventProcessor("catalogue", StreamingEventProcessor.class)
                .orElseThrow();
    }

    /** A new instance may have taken segments already that an earlier one has left; these go back to the first. */
    private void letTheSecondWorkOn(Integer... segments) {
        Set<Integer> wanted = Set.of(segments);
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    release(processor(first), wanted::contains);
                    release(processor(second), segment -> !wanted.contains(segment));
                    assertThat(processor(second).processingStatus().keySet())
                            .as("segments of the second")
                            .isEqualTo(wanted);
                });
    }

    private static void release(StreamingEventProcessor processor, Predicate<Integer> which) {
        processor.processingStatus().keySet().stream()
                .filter(which)
                .forEach(segment -> processor.releaseSegment(segment, 5, TimeUnit.SECONDS));
    }

    private void allShow(BigDecimal rate) {
        for (String isbn : isbns) {
            assertThat(decimal(books.upToDate(isbn).json(), "converted")).isEqualByComparingTo(converted(PRICE, rate));
        }
    }

    @Test
    void share_the_replay() {
        letTheSecondWorkOn(0, 1);

        BigDecimal rate = new CatalogueClient(second.client()).changeRate();

        allShow(rate);
    }

    @Test
    void go_on_with_the_replay_of_one_that_stops_in_the_middle() {
        letTheSecondWorkOn(0, 1);

        BigDecimal rate = new CatalogueClient(second.client()).changeRate();
        second.close();

        allShow(rate);
    }

    @Test
    void replay_after_a_restart_what_changed_meanwhile() {
        letTheSecondWorkOn(0, 1, 2, 3);
        second.close();
        BigDecimal rate = books.changeRate();

        start_the_second();

        allShow(rate);
    }

    @Test
    void show_books_of_before_the_catalogue_in_euros_until_they_are_revised() {
        String isbn = unique("978");
        BookAdded old = (BookAdded) first.bean("eventSerializer", Serializer.class)
                .deserialize(new SimpleSerializedObject<>(
                        ("{\"isbn\":\"" + isbn + "\",\"title\":\"Idoru\",\"price\":9.5,\"genre\":null}")
                                .getBytes(StandardCharsets.UTF_8),
                        byte[].class,
                        BookAdded.class.getName(),
                        null));
        assertThat(old).isNotNull();
        first.bean(EventStore.class).publish(new GenericDomainEventMessage<>(Book.KIND, isbn, 0, old));

        String etag = books.upToDate(isbn).header("ETag");
        assertThat(books.entry(isbn).json().has("converted")).isFalse();

        books.changeRate();
        books.patch(isbn, etag, "{'genre':'SF'}").isOk();
        assertThat(decimal(books.upToDate(isbn).json(), "rate")).isEqualByComparingTo(books.rate());

        BigDecimal rate = books.changeRate();
        assertThat(decimal(books.upToDate(isbn).json(), "rate")).isEqualByComparingTo(rate);
    }
}
