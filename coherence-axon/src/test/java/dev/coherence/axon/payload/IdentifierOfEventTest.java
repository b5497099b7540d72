package dev.coherence.axon.payload;

import static dev.coherence.axon.payload.Described.printed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.coherence.action.Patch;
import dev.coherence.axon.annotation.ActionEvent;
import dev.coherence.axon.annotation.LinkedTo;
import dev.coherence.axon.annotation.NotPatched;
import dev.coherence.value.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IdentifierOfEventTest {

    private static final UUID ONE = new UUID(0, 1);

    private static Patch patch(Object event, Object identifier, String name) {
        return new EventDescriptors()
                .of(event.getClass())
                .patch(event, String.valueOf(identifier), Optional.ofNullable(name));
    }

    @ActionEvent(reason = "test")
    record Named(String title, String isbn) {}

    @ActionEvent(reason = "test")
    record Otherwise(String bookId, String title) {}

    @ActionEvent(reason = "test")
    record ByField(String bookIsbn, String title) {}

    @ActionEvent(reason = "test")
    record Typed(UUID number, UUID other) {}

    @ActionEvent(reason = "test")
    record LineAdded(String orderId, String id, int quantity) {}

    @Nested
    class Is_the_component {
        @Test
        void named_as_the_field_of_the_aggregate() {
            assertThat(printed(patch(new Named("x", "1"), "1", "isbn"))).containsOnlyKeys("title");
        }

        @Test
        void that_has_the_name_of_an_identifier_and_holds_it() {
            assertThat(printed(patch(new Otherwise("1", "x"), "1", "isbn"))).containsOnlyKeys("title");
            assertThat(printed(patch(new Otherwise("1", "x"), "1", null))).containsOnlyKeys("title");
        }

        @Test
        void whose_name_ends_with_that_of_the_field() {
            assertThat(printed(patch(new ByField("1", "x"), "1", "isbn"))).containsOnlyKeys("title");
        }

        @Test
        void whose_value_prints_like_it_whatever_type_it_has() {
            assertThat(printed(patch(new Typed(ONE, null), ONE, "number"))).isEmpty();
            assertThat(printed(patch(new Typed(ONE, ONE), ONE, "number"))).containsOnlyKeys("other");
        }

        @Test
        void that_holds_it_where_another_has_its_name() {
            assertThat(printed(patch(new LineAdded("1", "line 7", 2), "1", "id")))
                    .containsExactly(entry("id", "\"line 7\""), entry("quantity", "2"));
        }
    }

    @ActionEvent(reason = "test")
    record Renamed(String name, String paid) {}

    @ActionEvent(reason = "test")
    record Retitled(String title) {}

    @Nested
    class Is_not_a_component {
        @Test
        void that_holds_the_same_text_by_chance() {
            assertThat(printed(patch(new Renamed("bob", "bob"), "bob", "id"))).containsOnlyKeys("name", "paid");
        }

        @Test
        void that_holds_another_identifier() {
            assertThat(printed(patch(new Otherwise("2", "x"), "1", "isbn"))).containsOnlyKeys("bookId", "title");
        }

        @Test
        void but_may_be_if_it_is_the_only_one_and_then_everything_is_touched_to_be_safe() {
            assertThat(patch(new Retitled("bob"), "bob", "id").touchesEverything())
                    .isTrue();
            assertThat(printed(patch(new Retitled("alice"), "bob", "id"))).containsOnlyKeys("title");
        }
    }

    @ActionEvent(reason = "test")
    record Deleted(String isbn) {}

    @ActionEvent(reason = "test")
    record DeletedByRecord(IsbnRecord book) {}

    record Document(List<Object> content) {}

    @ActionEvent(reason = "test")
    record Written(Object document) {}

    @ActionEvent(reason = "test")
    record Filed(Document document) {}

    @ActionEvent(reason = "test")
    record Emptied() {}

    @ActionEvent(reason = "test")
    record Linked(String isbn, @LinkedTo("shelf") String shelf) {}

    @ActionEvent(reason = "test")
    record LeftOut(String isbn, @NotPatched String note) {}

    @ActionEvent(reason = "test")
    record OnlyNote(@NotPatched String note) {}

    @Nested
    class Alone_in_an_event {
        @Test
        void touches_everything() {
            assertThat(patch(new Deleted("1"), "1", "isbn").touchesEverything()).isTrue();
            assertThat(patch(new Deleted("1"), "1", null).touchesEverything()).isTrue();
            assertThat(patch(new Deleted("1"), "1", "number").touchesEverything())
                    .isTrue();
        }

        @Test
        void touches_everything_if_it_is_a_record_too() {
            IsbnRecord isbn = new IsbnRecord("1");
            assertThat(patch(new DeletedByRecord(isbn), isbn, "number").touchesEverything())
                    .isTrue();
        }

        @Test
        void is_not_searched_for_in_what_may_print_without_end() {
            Unprintable unprintable = new Unprintable();
            assertThat(printed(patch(new Written(unprintable), "1", "id"))).containsOnlyKeys("document");
            assertThat(printed(patch(new Filed(new Document(unprintable)), "1", "id")))
                    .containsOnlyKeys("document.content");
        }

        @Test
        void touches_everything_even_if_it_is_written_in_another_way_or_missing() {
            assertThat(patch(new Deleted("978-1"), "9781", "isbn").touchesEverything())
                    .isTrue();
            assertThat(patch(new Deleted(null), "1", "isbn").touchesEverything())
                    .isTrue();
        }

        @Test
        void and_even_missing_touches_everything() {
            assertThat(patch(new Emptied(), "1", "isbn").touchesEverything()).isTrue();
        }

        @Test
        void but_with_a_trigger_or_a_component_that_is_left_out_touches_nothing() {
            assertThat(patch(new Linked("1", "7"), "1", "isbn").touchesNothing())
                    .isTrue();
            assertThat(patch(new LeftOut("1", "x"), "1", "isbn").touchesNothing())
                    .isTrue();
            assertThat(patch(new OnlyNote("x"), "1", "isbn").touchesNothing()).isTrue();
        }

        @Test
        void but_with_a_trigger_and_another_value_is_a_key_to_be_safe() {
            assertThat(printed(patch(new Linked("2", "7"), "1", "isbn"))).containsOnlyKeys("isbn");
        }
    }

    /** As applications have them: not a value of a patch, but prints itself. */
    static final class Isbn {
        private final String text;

        Isbn(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static final class CompositeId {
        private final int one = 1;
        private final int two = 2;

        @Override
        public String toString() {
            return one + "/" + two;
        }
    }

    @ActionEvent(reason = "test")
    record Wrapped(Isbn isbn, String title) {}

    @ActionEvent(reason = "test")
    record Composite(CompositeId key, String title) {}

    @ActionEvent(reason = "test")
    record WrappedTwice(Isbn isbn, Isbn other) {}

    @ActionEvent(reason = "test")
    record WrappedOther(String isbn, Isbn other) {}

    record IsbnRecord(String value) {}

    @ActionEvent(reason = "test")
    record WrappedInRecord(IsbnRecord isbn, String title) {}

    private static final class Unprintable extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new AssertionError("must not be printed");
        }
    }

    @Nested
    class Of_a_class_of_its_own {
        @Test
        void may_be_of_a_class_that_prints_itself_and_is_no_value() {
            assertThat(printed(patch(new Wrapped(new Isbn("1"), "x"), "1", "isbn")))
                    .containsOnlyKeys("title");
            assertThat(printed(patch(new Wrapped(new Isbn("1"), "x"), "1", null)))
                    .containsOnlyKeys("title");
            assertThat(printed(patch(new Composite(new CompositeId(), "x"), "1/2", null)))
                    .containsOnlyKeys("title");
        }

        @Test
        void may_be_a_record() {
            assertThat(printed(patch(new WrappedInRecord(new IsbnRecord("1"), "x"), new IsbnRecord("1"), "isbn")))
                    .containsOnlyKeys("title");
        }

        @Test
        void is_refused_where_it_turns_out_to_be_no_identifier() {
            assertThatThrownBy(() -> patch(new Wrapped(new Isbn("2"), "x"), "1", "isbn"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(Wrapped.class.getName() + ".isbn: is of " + Isbn.class.getName())
                    .hasMessageContaining("cannot be a value in a patch")
                    .hasMessageContaining("@NotPatched");
        }

        @Test
        void is_a_mistake_if_two_components_would_have_to_be_it() {
            assertThat(new EventDescriptors().mistakes(WrappedTwice.class)).hasSize(2);
        }

        @Test
        void is_a_mistake_if_the_aggregate_names_another_component() {
            EventDescriptors descriptors = new EventDescriptors();
            assertThat(descriptors.mistakes(WrappedOther.class)).isEmpty();
            assertThat(descriptors.mistakes(WrappedOther.class, Optional.of("isbn")))
                    .singleElement()
                    .asString()
                    .startsWith(WrappedOther.class.getName() + ".other: is of " + Isbn.class.getName());
            assertThat(descriptors.mistakes(WrappedOther.class, Optional.of("other")))
                    .isEmpty();
            assertThat(descriptors.mistakes(WrappedOther.class, Optional.of("number")))
                    .isEmpty();
        }
    }

    @ActionEvent(reason = "test")
    record Many(List<String> ids, String id) {}

    @Test
    void lists_of_identifiers_are_values() {
        assertThat(printed(patch(new Many(List.of("1"), "1"), "1", "id"))).containsOnlyKeys("ids");
    }
}
