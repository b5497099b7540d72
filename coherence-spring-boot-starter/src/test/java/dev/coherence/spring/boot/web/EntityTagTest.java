package dev.coherence.spring.boot.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    @Nested
    class A_list_is_read {

        @Test
        void of_one_tag() {
            assertThat(EntityTag.list("\"41@1203\"")).contains(List.of(new EntityTag(false, "41@1203")));
        }

        @Test
        void of_a_weak_one() {
            assertThat(EntityTag.list("W/\"41\"")).contains(List.of(new EntityTag(true, "41")));
        }

        @Test
        void of_several_with_commas_inside_and_empty_elements() {
            assertThat(EntityTag.list(" , \"a,b\" ,, W/\"\"\t,\"c\", "))
                    .contains(List.of(new EntityTag(false, "a,b"), new EntityTag(true, ""), new EntityTag(false, "c")));
        }

        @Test
        void of_characters_beyond_ASCII() {
            assertThat(EntityTag.list("\"\u00e9\"")).contains(List.of(new EntityTag(false, "\u00e9")));
        }

        @Test
        void of_nothing() {
            assertThat(EntityTag.list(" , ")).contains(List.of());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "41@1203",
                "\"41",
                "41\"",
                "\"41\" \"42\"",
                "\"41\"x",
                "w/\"41\"",
                "W/ \"41\"",
                "\"4 1\"",
                "\"a\u0007\"",
                "*",
                "\"41\", *"
            })
    void anything_else_is_none(String header) {
        assertThat(EntityTag.list(header)).isEmpty();
    }

    @Test
    void a_long_header_takes_no_time() {
        assertThat(EntityTag.list(", ".repeat(100_000) + "\"" + "x".repeat(100_000)))
                .isEmpty();
    }
}
