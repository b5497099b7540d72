package dev.coherence.axon.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.axon.TypedBook;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StreamNamesTest {

    @Nested
    class Of_a_polymorphic_annotated_kind {

        private final StreamNames names = TypedBook.names();

        @Test
        void streams_have_raw_identifiers_and_the_types_of_subclasses() {
            assertThat(names.ofAggregate(Identity.of("Book", "a:b"))).isEqualTo("a:b");
            assertThat(names.typesOf("Book")).containsExactlyInAnyOrder("Book", "Paperback");
            assertThat(names.identifierName("Book")).contains("isbn");
        }

        @Test
        void the_kind_is_that_of_the_root_whatever_the_type_is() {
            assertThat(names.aggregate("Paperback", "a:b")).isEqualTo(Identity.of("Book", "a:b"));
            assertThat(names.kindOf("Paperback")).isEqualTo("Book");
        }

        @Test
        void types_of_subclasses_are_no_kinds() {
            assertThat(names.isAnnotated("Paperback")).isFalse();
            assertThat(names.isAnnotatedType("Paperback")).isTrue();
            assertThat(names.isAnnotatedType("Book")).isTrue();
            assertThat(names.ofAggregate(Identity.of("Paperback", "1"))).isEqualTo("Paperback:1");
        }
    }

    @Nested
    class Of_other_kinds {

        private final StreamNames names = new StreamNames(() -> Set.of("Book"));

        @Test
        void streams_have_printed_identities_and_one_type() {
            assertThat(names.ofAggregate(Identity.of("shelf", "1"))).isEqualTo("shelf:1");
            assertThat(names.typesOf("shelf")).containsExactly("shelf");
            assertThat(names.aggregate("shelf", "shelf:1")).isEqualTo(Identity.of("shelf", "1"));
            assertThat(names.identifierName("shelf")).isEmpty();
        }

        @Test
        void an_event_without_a_type_belongs_to_nobody() {
            assertThat(names.isAnnotatedType(null)).isFalse();
        }

        @Test
        void names_alone_make_kinds_that_are_not_polymorphic() {
            assertThat(names.isAnnotated("Book")).isTrue();
            assertThat(names.typesOf("Book")).containsExactly("Book");
        }
    }
}
