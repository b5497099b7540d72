package dev.coherence.axon.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.axonframework.test.matchers.Matchers.exactSequenceOf;
import static org.axonframework.test.matchers.Matchers.matches;
import static org.axonframework.test.matchers.Matchers.payloadsMatching;

import dev.coherence.action.Effect;
import dev.coherence.action.Identity;
import dev.coherence.axon.conflict.InvalidCommandException;
import dev.coherence.axon.event.CoherenceMetaData;
import dev.coherence.axon.test.Book.BookEncrypted;
import dev.coherence.axon.test.Book.BookPrinted;
import dev.coherence.axon.test.Book.BookRemoved;
import dev.coherence.axon.test.Book.BookRevised;
import dev.coherence.axon.test.Book.EncryptBook;
import dev.coherence.axon.test.Book.ExpireKey;
import dev.coherence.axon.test.Book.KeyExpired;
import dev.coherence.axon.test.Book.PriceBook;
import dev.coherence.axon.test.Book.PrintBook;
import dev.coherence.axon.test.Book.RemoveBook;
import dev.coherence.axon.test.Book.RenameBook;
import dev.coherence.axon.test.Book.ReviseBook;
import dev.coherence.axon.test.Book.Stock;
import dev.coherence.axon.test.Book.Stock.Cheat;
import dev.coherence.axon.test.Book.Stock.Label;
import dev.coherence.axon.test.Book.Stock.Labelled;
import dev.coherence.axon.test.Book.Stock.StockChanged;
import dev.coherence.axon.test.Book.Stock.Take;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.Revision;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.test.AxonAssertionError;
import org.axonframework.test.FixtureExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CoherenceTestFixtureTest {

    private static final Identity KEY = Identity.of("encryption-key", "17");
    private static final Set<Long> NONE = Set.of();

    private static CoherenceTestFixture<Book> book() {
        return new CoherenceTestFixture<>(Book.class);
    }

    private static CoherenceTestFixture<Book> merging() {
        return book().withPolicy(ConflictPolicy.MERGE);
    }

    private static BookRevised revised(String title, Integer price) {
        return new BookRevised("1", title, price == null ? null : BigDecimal.valueOf(price));
    }

    private static ReviseBook revise(Revision base, Set<Long> resolved, String title, Integer price) {
        return new ReviseBook("1", base, resolved, title, price == null ? null : BigDecimal.valueOf(price));
    }

    private static ReviseBook revise(Revision base, String title, Integer price) {
        return revise(base, NONE, title, price);
    }

    @Nested
    class A_conflict {

        @Test
        void is_an_event_that_was_given_after_the_base() {
            book().given(revised("Neuromancer", 10))
                    .andGiven(revised("Idoru", null))
                    .when(revise(Revision.of(0, 1), "Count Zero", null))
                    .expectConflict()
                    .onPath("title")
                    .with(2)
                    .and()
                    .expectNoEvents();
        }

        @Test
        void with_a_policy_to_merge_is_only_one_on_the_same_path() {
            ConflictExpectation<Book> conflict = merging()
                    .given(revised("Neuromancer", 10), revised("Idoru", null), revised(null, 12))
                    .when(revise(Revision.of(0, 1), "Count Zero", null))
                    .expectConflict()
                    .with(2)
                    .onPath("title")
                    .with(2);
            assertThat(conflict.report().conflicts().get(0).disputes())
                    .singleElement()
                    .satisfies(dispute -> {
                        assertThat(dispute.base()).map(Object::toString).contains("\"Neuromancer\"");
                        assertThat(dispute.theirs()).map(Object::toString).contains("\"Idoru\"");
                    });
        }

        @Test
        void is_named_by_the_path_of_our_event_not_of_theirs() {
            CoherenceResultValidator<Book> result = merging()
                    .given(revised("Neuromancer", 10), revised("Idoru", 12))
                    .when(revise(Revision.of(0, 1), "Count Zero", null));
            result.expectConflict().onPath("title").with(2);
            assertThatThrownBy(() -> result.expectConflict().onPath("price"))
                    .hasMessageContaining("Expected a conflict on path price");
        }

        @Test
        void is_on_every_path_if_their_event_does_not_say_what_it_changes() {
            book().given(revised("Neuromancer", 10), new BookPrinted("1"), revised("Idoru", null))
                    .when(revise(Revision.of(0, 1), null, 12))
                    .expectConflict()
                    .with(2, 3)
                    .onPath("price")
                    .with(2);
        }

        @Test
        void is_an_effect_on_a_linked_trigger() {
            book().given(revised("Neuromancer", 10), new BookEncrypted("1", "17"))
                    .andGivenEffect("key-expired", KEY)
                    .andGivenEffect("key-expired", Identity.of("encryption-key", "18"))
                    .when(revise(Revision.of(1, 2), "Idoru", null))
                    .expectConflict()
                    .with(3);
        }

        @Test
        void is_an_effect_on_the_aggregate_itself() {
            merging()
                    .given(revised("Neuromancer", 10))
                    .andGivenEffect("recalled", Identity.of("Book", "1"))
                    .when(revise(Revision.of(0, 1), "Idoru", null))
                    .expectConflict()
                    .with(2);
        }

        @Test
        void may_come_before_any_event_of_the_aggregate() {
            book().givenEffect("recalled", Identity.of("Book", "1"))
                    .when(revise(Revision.at(0), "Neuromancer", null))
                    .expectConflict()
                    .with(1);
        }

        @Test
        void is_no_effect_that_the_base_has_seen() {
            book().given(revised("Neuromancer", 10), new BookEncrypted("1", "17"))
                    .andGivenEffect("key-expired", KEY)
                    .when(revise(Revision.of(1, 3), "Idoru", null))
                    .expectNoConflict();
        }

        @Test
        void is_none_for_a_command_without_base() {
            book().given(revised("Neuromancer", 10), revised("Idoru", null))
                    .when(new RenameBook("1", "Count Zero"))
                    .expectNoConflict()
                    .expectListed()
                    .expectMerged();
        }

        @Test
        void is_found_for_a_command_that_cannot_be_annotated() {
            book().given(revised("Neuromancer", 10), revised("Idoru", null))
                    .whenBasedOn(Revision.ofVersion(0), new RenameBook("1", "Count Zero"))
                    .expectConflict()
                    .with(2);
            book().given(revised("Neuromancer", 10), revised("Idoru", null))
                    .whenBasedOn(Revision.ofVersion(0), new RenameBook("1", "Count Zero"), 2)
                    .expectNoConflict()
                    .expectListed(2);
            book().given(revised("Neuromancer", 10), revised("Idoru", null))
                    .when(
                            new RenameBook("1", "Idoru"),
                            Map.of(CoherenceMetaData.BASE, "0@1", CoherenceMetaData.POLICY, "merge"))
                    .expectMerged(2);
        }

        @Test
        void is_with_whatever_commands_had_caused_before() {
            book().givenCommands(revise(null, "Neuromancer", 10), new EncryptBook("1", "17"))
                    .andGivenCommands(new ExpireKey("1", "17"))
                    .andGivenEffect("key-expired", KEY)
                    .andGiven(revised("Idoru", null))
                    .andGiven(revised("Virtual Light", null))
                    .when(revise(Revision.of(1, 2), "Count Zero", null))
                    .expectConflict()
                    .with(3, 4, 5, 6, 7)
                    .onPath("title")
                    .with(6, 7);
        }
    }

    @Nested
    class Without_a_conflict {

        @Test
        void all_that_axon_offers_is_offered() {
            book().given(revised("Neuromancer", 10))
                    .when(revise(Revision.of(0, 1), "Idoru", null))
                    .expectNoConflict()
                    .expectEvents(revised("Idoru", null))
                    .expectEventsMatching(payloadsMatching(exactSequenceOf(matches(BookRevised.class::isInstance))))
                    .expectSuccessfulHandlerExecution()
                    .expectResultMessagePayload("revised")
                    .expectState(book -> assertThat(book.title()).isEqualTo("Idoru"))
                    .expectNotMarkedDeleted()
                    .expectNoScheduledDeadlines()
                    .expectMerged()
                    .expectEffects();
        }

        @Test
        void what_was_merged_is_told() {
            merging()
                    .given(revised("Neuromancer", 10), revised(null, 12))
                    .andGiven(revised(null, 14))
                    .when(revise(Revision.of(0, 1), "Idoru", null))
                    .expectNoConflict()
                    .expectMerged(2, 3);
        }

        @Test
        void what_the_command_lists_is_told() {
            book().given(revised("Neuromancer", 10), revised("Idoru", 12))
                    .when(revise(Revision.of(0, 1), Set.of(2L), "Count Zero", null))
                    .expectNoConflict()
                    .expectListed(2)
                    .expectMerged();
        }

        @Test
        void what_the_handler_marks_is_told() {
            book().given(revised("Neuromancer", 10), revised("Idoru", null))
                    .when(new PriceBook("1", Revision.of(0, 1), BigDecimal.ONE))
                    .expectMarked(2);
        }

        @Test
        void what_a_conflict_handler_accepts_is_told() {
            new CoherenceTestFixture<>(Stock.class)
                    .given(new StockChanged("1", 10L), new Labelled("1", "A"))
                    .when(new Label("1", Revision.of(0, 1), "B"))
                    .expectAccepted(2);
        }

        @Test
        void what_a_conflict_handler_replaces_is_told_and_is_the_state() {
            new CoherenceTestFixture<>(Stock.class)
                    .given(new StockChanged("1", 10L), new StockChanged("1", 7L))
                    .when(new Take("1", Revision.of(0, 1), 2))
                    .expectReplaced(2)
                    .expectEvents(new StockChanged("1", -995L))
                    .expectState(stock -> assertThat(stock.amount()).isEqualTo(-995L));
        }

        @Test
        void illegal_changes_of_state_are_found_but_for_replaced_events() {
            new CoherenceTestFixture<>(Stock.class)
                    .given(new StockChanged("1", 10L), new StockChanged("1", 7L))
                    .andGivenCommands(new Take("1", Revision.of(0, 1), 2))
                    .when(new Take("1", Revision.of(2, 3), 2))
                    .expectEvents(new StockChanged("1", -997L));
            CoherenceTestExecutor<Stock> cheated =
                    new CoherenceTestFixture<>(Stock.class).given(new StockChanged("1", 10L));
            assertThatThrownBy(() -> cheated.when(new Cheat("1")))
                    .isInstanceOf(AxonAssertionError.class)
                    .hasMessageContaining("Illegal state change detected");
            CoherenceTestFixture<Stock> lenient = new CoherenceTestFixture<>(Stock.class);
            lenient.setReportIllegalStateChange(false);
            lenient.given(new StockChanged("1", 10L)).when(new Cheat("1")).expectNoConflict();
        }

        @Test
        void effects_are_told_apart_from_events() {
            book().given(revised("Neuromancer", 10))
                    .when(new ExpireKey("1", "17"))
                    .expectEvents(new KeyExpired("17"))
                    .expectEffects(new Effect("key-expired", KEY));
        }

        @Test
        void the_aggregate_may_be_new() {
            book().givenNoPriorActivity()
                    .when(revise(null, "Neuromancer", 10))
                    .expectNoConflict()
                    .expectEvents(revised("Neuromancer", 10));
        }

        @Test
        void the_aggregate_may_be_deleted() {
            book().given(revised("Neuromancer", 10))
                    .when(new RemoveBook("1", Revision.of(0, 1)))
                    .expectNoConflict()
                    .expectMarkedDeleted()
                    .expectEvents(new BookRemoved("1"));
        }

        @Test
        void events_tell_who_acted() {
            book().withActor(Identity.of("user", "bob"))
                    .given(revised("Neuromancer", 10))
                    .when(revise(Revision.of(0, 1), "Idoru", null))
                    .expectEventsMatching(exactSequenceOf(matches((EventMessage<?> event) ->
                            "user:bob".equals(event.getMetaData().get(CoherenceMetaData.ACTOR)))));
        }

        @Test
        void deadlines_are_met() {
            book().given(revised("Neuromancer", 10))
                    .andGivenCommands(new PrintBook("1", Revision.of(0, 1)))
                    .whenTimeElapses(Duration.ofDays(2))
                    .expectTriggeredDeadlinesWithName("printing")
                    .expectEvents(new BookPrinted("1"))
                    .expectNoConflict();
        }
    }

    @Nested
    class Given_events {

        @Test
        void may_have_metadata() {
            book().given(revised("Neuromancer", 10))
                    .andGiven(GenericEventMessage.asEventMessage(revised("Idoru", null))
                            .withMetaData(Map.of(CoherenceMetaData.ACTOR, "user:bob")))
                    .when(revise(Revision.of(0, 1), "Count Zero", null))
                    .expectConflict()
                    .and()
                    .expectException(
                            matches((Throwable failure) -> failure.getMessage().contains("user:bob")));
        }

        @Test
        void are_forgotten_when_a_test_begins_anew() {
            CoherenceTestFixture<Book> fixture = book();
            fixture.given(revised("Neuromancer", 10), revised("Idoru", null))
                    .when(revise(Revision.of(0, 1), "Count Zero", null))
                    .expectConflict();
            fixture.given(revised("Neuromancer", 10))
                    .when(revise(Revision.of(0, 1), "Count Zero", null))
                    .expectNoConflict()
                    .expectEvents(revised("Count Zero", null));
        }

        @Test
        void stay_for_a_second_command() {
            CoherenceTestExecutor<Book> given = book().given(revised("Neuromancer", 10));
            given.when(revise(Revision.of(0, 1), "Idoru", null)).expectNoConflict();
            given.when(revise(Revision.of(0, 1), "Count Zero", null))
                    .expectConflict()
                    .with(2);
        }

        @Test
        void belong_to_the_aggregate_that_the_command_is_for() {
            CoherenceTestExecutor<Book> given = book().given(revised("Neuromancer", 10));
            assertThatThrownBy(() -> given.when(new RenameBook("2", "Idoru")))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("Loaded [2], but actual identifier is [1]");
        }
    }

    @Nested
    class A_failure {

        @Test
        void tells_the_conflict_that_was_found() {
            CoherenceResultValidator<Book> result = merging()
                    .given(revised("Neuromancer", 10), revised("Idoru", null))
                    .when(revise(Revision.of(0, 1), "Count Zero", null));
            assertThatThrownBy(result::expectNoConflict)
                    .isInstanceOf(AxonAssertionError.class)
                    .hasMessageContaining(
                            "Expected no conflict, but dev.coherence.axon.test.Book$ReviseBook on revision 0@1"
                                    + " is in conflict with what its sender has not seen:")
                    .hasMessageContaining("\n- "
                            + result.expectConflict().report().conflicts().get(0))
                    .hasMessageContaining("title: base \"Neuromancer\", ours \"Count Zero\", theirs \"Idoru\"")
                    .hasRootCauseInstanceOf(org.axonframework.commandhandling.CommandExecutionException.class);
            assertThatThrownBy(() -> result.expectConflict().with(3))
                    .hasMessageContaining("Expected conflicts with [3], not with [2]");
            assertThatThrownBy(() -> result.expectConflict().onPath("title").with(2, 3))
                    .hasMessageContaining("Expected conflicts on path title with [2, 3], not with [2]");
            assertThatThrownBy(() -> result.expectMerged(2)).hasMessageContaining("Expected [2] to be merged, but ");
        }

        @Test
        void tells_that_there_was_no_conflict() {
            CoherenceResultValidator<Book> result = merging()
                    .given(revised("Neuromancer", 10), revised(null, 12))
                    .when(revise(Revision.of(0, 1), "Count Zero", null));
            assertThatThrownBy(result::expectConflict)
                    .isInstanceOf(AxonAssertionError.class)
                    .hasMessage(
                            "Expected a conflict, but it was accepted: appended [BookRevised], listed [], marked [],"
                                    + " merged [2], accepted [], replaced because of []");
            assertThatThrownBy(() -> result.expectMerged(3)).hasMessageContaining("Expected [3] to be merged");
            assertThatThrownBy(() -> result.expectEffects(new Effect("key-expired", KEY)))
                    .hasMessageContaining("not []");
        }

        @Test
        void of_the_command_itself_is_no_conflict_and_not_passed_over() {
            CoherenceResultValidator<Book> result =
                    book().given(revised("Neuromancer", 10)).when(revise(Revision.of(0, 1), "", null));
            result.expectException(IllegalArgumentException.class);
            assertThatThrownBy(result::expectNoConflict)
                    .hasMessageContaining("the command failed with java.lang.IllegalArgumentException: no title");
            assertThatThrownBy(result::expectConflict).hasMessageContaining("no title");
            assertThatThrownBy(result::expectMerged).hasMessageContaining("no title");
        }

        @Test
        void is_an_impossible_base() {
            book().given(revised("Neuromancer", 10))
                    .when(revise(Revision.of(1, 1), "Idoru", null))
                    .expectException(InvalidCommandException.class);
            book().given(revised("Neuromancer", 10))
                    .when(revise(Revision.of(0, 1), Set.of(7L), "Idoru", null))
                    .expectException(InvalidCommandException.class);
        }

        @Test
        void comes_at_once_for_what_cannot_be_tested() {
            assertThatThrownBy(() -> book().useStateStorage()).isInstanceOf(FixtureExecutionException.class);
            assertThatThrownBy(() -> book().givenState(Book::new)).isInstanceOf(FixtureExecutionException.class);
            CoherenceTestFixture<Book> begun = book();
            begun.givenNoPriorActivity();
            assertThatThrownBy(() -> begun.withPolicy(ConflictPolicy.MERGE))
                    .isInstanceOf(FixtureExecutionException.class)
                    .hasMessageContaining("withPolicy has to be called before the first given step");
        }
    }

    @Test
    void numbers_are_lists_of_longs() {
        assertThat(CoherenceResultValidator.numbers(3, 1, 3)).containsExactlyElementsOf(List.of(1L, 3L));
    }
}
