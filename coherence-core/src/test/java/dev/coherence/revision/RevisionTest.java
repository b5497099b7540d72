package dev.coherence.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.value.InvalidInputException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RevisionTest {

    @Nested
    class Made {
        @Test
        void of_a_position() {
            assertThat(Revision.at(7).position()).hasValue(7);
            assertThat(Revision.at(7).version()).isEmpty();
            assertThat(Revision.at(7).unseen()).isEmpty();
            assertThat(Revision.at(0)).hasToString("@0");
        }

        @Test
        void of_a_version() {
            assertThat(Revision.ofVersion(0).version()).hasValue(0);
            assertThat(Revision.ofVersion(0).position()).isEmpty();
            assertThat(Revision.ofVersion(0)).hasToString("0");
        }

        @Test
        void of_both() {
            assertThat(Revision.of(41, 1203))
                    .hasToString("41@1203")
                    .isEqualTo(Revision.at(1203).withVersion(41));
        }

        @Test
        void of_nothing_negative() {
            assertRefused("revision", () -> Revision.at(-1));
            assertRefused("revision", () -> Revision.ofVersion(-1));
            assertRefused("revision", () -> Revision.of(0, -1));
            assertRefused("revision", () -> Revision.of(-1, 0));
            assertRefused("revision", () -> Revision.at(Long.MIN_VALUE));
            assertRefused("revision", () -> Revision.at(1).withVersion(-1));
        }
    }

    @Nested
    class Version {
        @Test
        void can_be_changed_and_left_out() {
            Revision revision = Revision.parse("41@1203-1198");

            assertThat(revision.withVersion(42)).hasToString("42@1203-1198");
            assertThat(revision.withoutVersion()).hasToString("@1203-1198");
            assertThat(Revision.ofVersion(41).withVersion(0)).hasToString("0");
        }

        @Test
        void left_out_where_nothing_else_was_leaves_a_revision_that_has_seen_nothing() {
            assertThat(Revision.ofVersion(41).withoutVersion()).isEqualTo(Revision.at(0));
        }
    }

    @Nested
    class PlusSeen {
        @Test
        void covers_what_it_covered_and_the_given_numbers_only() {
            assertThat(seen("@5", 6L)).hasToString("@6");
            assertThat(seen("@5", 9L)).hasToString("@9-6..8");
            assertThat(seen("@5", 9L, 7L, 9L)).hasToString("@9-6.8");
            assertThat(seen("@9-6..8", 6L, 8L)).hasToString("@9-7");
            assertThat(seen("@9-6..8", 7L)).hasToString("@9-6.8");
            assertThat(seen("@9-6..8", 6L, 7L, 8L)).hasToString("@9");
            assertThat(seen("@9-6..8", 1L, 5L, 9L)).hasToString("@9-6..8");
            assertThat(seen("@9-6..8")).hasToString("@9-6..8");
            assertThat(seen("41@9-3.6..8", 12L, 3L)).hasToString("41@12-6..8.10..11");
        }

        @Test
        void begins_with_nothing_where_there_was_no_position() {
            assertThat(seen("41", 2L)).hasToString("41@2-1");
            assertThat(seen("41")).hasToString("41@0");
        }

        @Test
        void takes_no_longer_because_numbers_are_large() {
            assertThat(seen("@0", 1_000_000_000_000L)).hasToString("@1000000000000-1..999999999999");
            assertThat(seen("@1000000000000-1..999999999999", 500_000_000_000L))
                    .hasToString("@1000000000000-1..499999999999.500000000001..999999999999");
            assertThat(seen("@0", Long.MAX_VALUE)).hasToString("@9223372036854775807-1..9223372036854775806");
            assertThat(seen("@9223372036854775806", Long.MAX_VALUE)).hasToString("@9223372036854775807");
            assertThat(seen("@9223372036854775807-1", Long.MAX_VALUE, 1L)).hasToString("@9223372036854775807");
        }

        @Test
        void refuses_what_is_no_sequence_number() {
            assertRefused("seen", () -> seen("@5", 0L));
            assertRefused("seen", () -> seen("@5", -1L));
            assertRefused("seen", () -> seen("@5", 1L, null));
            assertRefused("seen", () -> Revision.at(5).plusSeen(null));
        }

        private static Revision seen(String text, Long... numbers) {
            return Revision.parse(text).plusSeen(Arrays.asList(numbers));
        }
    }

    @Nested
    class WithUnseen {
        @Test
        void takes_numbers_away_and_joins_ranges() {
            assertThat(unseen("@9", range(3, 4))).hasToString("@9-3..4");
            assertThat(unseen("@9-3", range(4, 4), range(6, 6))).hasToString("@9-3..4.6");
            assertThat(unseen("@9-3.5", range(4, 4))).hasToString("@9-3..5");
            assertThat(unseen("@9-3.6", range(2, 7), range(1, 3), range(3, 3))).hasToString("@9-1..7");
            assertThat(unseen("41@9", range(6, 7), range(1, 2))).hasToString("41@9-1..2.6..7");
            assertThat(unseen("@9")).hasToString("@9");
        }

        @Test
        void lowers_the_position_when_that_itself_is_unseen() {
            assertThat(unseen("@9", range(9, 9))).hasToString("@8");
            assertThat(unseen("@9-6..8", range(9, 9))).hasToString("@5");
            assertThat(unseen("@9-3.6..8", range(9, 20))).hasToString("@5-3");
            assertThat(unseen("@9", range(1, Long.MAX_VALUE))).hasToString("@0");
        }

        @Test
        void ignores_what_was_not_seen_anyway() {
            assertThat(unseen("@9", range(10, Long.MAX_VALUE))).hasToString("@9");
            assertThat(unseen("@0", range(1, 1))).hasToString("@0");
            assertThat(unseen("41", range(1, 5))).hasToString("41");
        }

        @Test
        void refuses_what_is_missing() {
            assertRefused("unseen", () -> unseen("@5", (NumberRange) null));
            assertRefused("unseen", () -> Revision.at(5).withUnseen(null));
        }

        private static Revision unseen(String text, NumberRange... ranges) {
            return Revision.parse(text).withUnseen(Arrays.asList(ranges));
        }
    }

    @Nested
    class Coarsened {
        @Test
        void joins_the_ranges_with_the_fewest_numbers_between_them() {
            Revision revision = Revision.parse("41@100-1.4..5.20.22.60");

            assertThat(revision.coarsened(5)).isEqualTo(revision);
            assertThat(revision.coarsened(4)).hasToString("41@100-1.4..5.20..22.60");
            assertThat(revision.coarsened(3)).hasToString("41@100-1..5.20..22.60");
            assertThat(revision.coarsened(2)).hasToString("41@100-1..22.60");
            assertThat(revision.coarsened(1)).hasToString("41@100-1..60");
        }

        @Test
        void has_seen_nothing_after_the_first_unseen_number_when_it_may_list_none() {
            assertThat(Revision.parse("41@100-3.60").coarsened(0)).hasToString("41@2");
            assertThat(Revision.parse("@100-1").coarsened(0)).hasToString("@0");
            assertThat(Revision.parse("41@100").coarsened(0)).hasToString("41@100");
            assertThat(Revision.parse("41").coarsened(0)).hasToString("41");
        }

        @Test
        void refuses_less_than_none() {
            assertRefused("maxRanges", () -> Revision.at(1).coarsened(-1));
        }
    }

    @Nested
    class Sees {
        private final Event action = action(10, 3);
        private final Event effect =
                new RecordedEffect(10, Instant.EPOCH, "test", new Effect("expired", Identity.of("key", "1")));

        @Test
        void a_number_up_to_its_position_inclusive_unless_it_is_unseen() {
            Revision revision = Revision.parse("@9-3..4.6");

            assertThat(List.of(1L, 2L, 5L, 7L, 8L, 9L)).allMatch(revision::seesNumber);
            assertThat(List.of(Long.MIN_VALUE, -1L, 0L, 3L, 4L, 6L, 10L, Long.MAX_VALUE))
                    .noneMatch(revision::seesNumber);
            assertThat(Revision.at(Long.MAX_VALUE).seesNumber(Long.MAX_VALUE)).isTrue();
        }

        @Test
        void no_number_without_a_position() {
            assertThat(Revision.ofVersion(5).seesNumber(1)).isFalse();
            assertThat(Revision.ofVersion(5).seesNumber(-1)).isFalse();
        }

        @Test
        void an_action_by_its_version_if_there_is_one() {
            assertThat(Revision.ofVersion(3).sees(action)).isTrue();
            assertThat(Revision.ofVersion(2).sees(action)).isFalse();
            assertThat(Revision.of(3, 0).sees(action)).isTrue();
            assertThat(Revision.of(2, 99).sees(action)).isFalse();
            assertThat(Revision.parse("3@20-10").sees(action)).isTrue();
        }

        @Test
        void an_action_by_its_number_without_a_version() {
            assertThat(Revision.at(10).sees(action)).isTrue();
            assertThat(Revision.at(9).sees(action)).isFalse();
            assertThat(Revision.parse("@20-10").sees(action)).isFalse();
        }

        @Test
        void an_effect_by_its_number_and_every_one_without_a_position() {
            assertThat(Revision.at(10).sees(effect)).isTrue();
            assertThat(Revision.of(99, 9).sees(effect)).isFalse();
            assertThat(Revision.parse("99@20-10").sees(effect)).isFalse();
            assertThat(Revision.ofVersion(0).sees(effect)).isTrue();
        }

        private static Event action(long number, long version) {
            Identity book = Identity.of("book", "1");
            Patch patch = Patch.builder().assoc("a", 1).build();
            return new RecordedAction(
                    number, version, Instant.EPOCH, "test", new Action("r", book, book, patch, new TreeSet<>()));
        }
    }

    @Nested
    class Equality {
        @Test
        void means_to_have_seen_the_same() {
            Revision revision = Revision.parse("41@9-6..8");

            assertThat(revision)
                    .isEqualTo(Revision.of(41, 5).plusSeen(List.of(9L)))
                    .isEqualTo(Revision.of(41, 9).withUnseen(List.of(range(8, 8), range(6, 7))))
                    .hasSameHashCodeAs(Revision.of(41, 5).plusSeen(List.of(9L)))
                    .isNotEqualTo(Revision.parse("41@9-6..7"))
                    .isNotEqualTo(Revision.parse("@9-6..8"))
                    .isNotEqualTo(Revision.parse("41@10-6..8"))
                    .isNotEqualTo(null)
                    .isNotEqualTo("41@9-6..8");
            assertThat(Revision.ofVersion(5)).isNotEqualTo(Revision.of(5, 0));
        }
    }

    @Test
    void what_was_not_seen_cannot_be_changed() {
        List<NumberRange> ranges = Collections.nCopies(1, range(3, 4));

        assertThatThrownBy(() -> Revision.at(9).withUnseen(ranges).unseen().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Revision.parse("@9-1.3").unseen().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_range_has_an_order_and_begins_at_1() {
        assertThat(range(3, 3)).hasToString("3");
        assertThat(range(3, 5)).hasToString("3..5");
        assertThat(range(3, 5).contains(3)).isTrue();
        assertThat(range(3, 5).contains(5)).isTrue();
        assertThat(range(3, 5).contains(2)).isFalse();
        assertThat(range(3, 5).contains(6)).isFalse();
        assertRefused("range", () -> range(0, 5));
        assertRefused("range", () -> range(5, 4));
    }

    private static NumberRange range(long first, long last) {
        return new NumberRange(first, last);
    }

    private static void assertRefused(String place, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.place()).isEqualTo(place));
    }
}
