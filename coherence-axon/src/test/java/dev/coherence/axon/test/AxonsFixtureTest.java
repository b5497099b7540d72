package dev.coherence.axon.test;

import dev.coherence.axon.test.Book.BookEncrypted;
import dev.coherence.axon.test.Book.BookPrinted;
import dev.coherence.axon.test.Book.BookRevised;
import dev.coherence.axon.test.Book.EncryptBook;
import dev.coherence.axon.test.Book.ExpireKey;
import dev.coherence.axon.test.Book.KeyExpired;
import dev.coherence.axon.test.Book.PriceBook;
import dev.coherence.axon.test.Book.PrintBook;
import dev.coherence.axon.test.Book.ReviseBook;
import dev.coherence.axon.test.Book.Stock;
import dev.coherence.axon.test.Book.Stock.StockChanged;
import dev.coherence.axon.test.Book.Stock.Take;
import dev.coherence.revision.Revision;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Axon's own fixture, with nothing of ours registered: annotations change nothing, and nothing is unseen. */
class AxonsFixtureTest {

    private static final BookRevised FIRST = new BookRevised("1", "Neuromancer", BigDecimal.TEN);
    private static final BookRevised SECOND = new BookRevised("1", "Idoru", null);

    private FixtureConfiguration<Book> fixture;

    @BeforeEach
    void create() {
        fixture = new AggregateTestFixture<>(Book.class);
    }

    @Test
    void handles_commands_that_have_a_revision() {
        fixture.given(FIRST, SECOND)
                .when(new ReviseBook("1", Revision.of(0, 1), Set.of(7L), "Count Zero", null))
                .expectSuccessfulHandlerExecution()
                .expectEvents(new BookRevised("1", "Count Zero", null));
    }

    @Test
    void creates_aggregates() {
        fixture.givenNoPriorActivity()
                .when(new ReviseBook("1", null, Set.of(), "Neuromancer", BigDecimal.TEN))
                .expectEvents(FIRST);
    }

    @Test
    void gives_handlers_conflicts_without_any_unseen_event() {
        fixture.given(FIRST, SECOND)
                .when(new PriceBook("1", Revision.of(0, 1), BigDecimal.ONE))
                .expectSuccessfulHandlerExecution()
                .expectEvents(new BookRevised("1", null, BigDecimal.ONE));
    }

    @Test
    void takes_events_that_link_and_fire_as_they_are() {
        fixture.given(FIRST, new BookEncrypted("1", "17"))
                .when(new ExpireKey("1", "17"))
                .expectEvents(new KeyExpired("17"));
        fixture.given(FIRST).when(new EncryptBook("1", "17")).expectEvents(new BookEncrypted("1", "17"));
    }

    @Test
    void does_not_ask_conflict_handlers() {
        new AggregateTestFixture<>(Stock.class)
                .given(new StockChanged("1", 10L), new StockChanged("1", 7L))
                .when(new Take("1", Revision.of(0, 1), 2))
                .expectEvents(new StockChanged("1", 5L));
    }

    @Test
    void meets_deadlines() {
        fixture.given(FIRST)
                .andGivenCommands(new PrintBook("1", Revision.of(0, 1)))
                .whenTimeElapses(Duration.ofDays(2))
                .expectEvents(new BookPrinted("1"));
    }
}
