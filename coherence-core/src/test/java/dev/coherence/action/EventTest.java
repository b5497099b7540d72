package dev.coherence.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.value.InvalidInputException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final Identity ALICE = Identity.of("user", "alice");
    private static final Identity BOOK = Identity.of("book", "Neuromancer");
    private static final Identity KEY = Identity.of("encryption-key", "1");
    private static final Patch PATCH = Patch.builder().assoc("author", "Gibson").build();
    private static final Action ACTION = new Action("create", ALICE, BOOK, PATCH, new TreeSet<>(List.of(KEY)));
    private static final Effect EFFECT = new Effect("key-expired", KEY);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456789Z");

    @Nested
    class OfAnAction {
        @Test
        void keeps_what_it_is_made_of() {
            RecordedAction event = new RecordedAction(1, 0, NOON, "shop", ACTION);

            assertThat(event.change()).isSameAs(ACTION);
            assertThat(event.timestamp()).isEqualTo(NOON);
            assertThat(event).isEqualTo(new RecordedAction(1, 0, NOON, "shop", ACTION));
            assertThat((Object) event.fold(action -> action, effect -> effect)).isSameAs(event);
            assertThat(ACTION.<String>fold(Action::reason, effect -> "effect")).isEqualTo("create");
        }

        @Test
        void refuses_what_is_missing_or_out_of_bounds() {
            assertRefused("sequenceNumber", () -> new RecordedAction(0, 0, NOON, "shop", ACTION));
            assertRefused("version", () -> new RecordedAction(1, -1, NOON, "shop", ACTION));
            assertRefused("timestamp", () -> new RecordedAction(1, 0, null, "shop", ACTION));
            assertRefused("source", () -> new RecordedAction(1, 0, NOON, "", ACTION));
            assertRefused("action", () -> new RecordedAction(1, 0, NOON, "shop", null));
            assertRefused("reason", () -> new Action("", ALICE, BOOK, PATCH, new TreeSet<>()));
            assertRefused("reason", () -> new Action("x".repeat(256), ALICE, BOOK, PATCH, new TreeSet<>()));
            assertRefused("actor", () -> new Action("r", null, BOOK, PATCH, new TreeSet<>()));
            assertRefused("aggregate", () -> new Action("r", ALICE, null, PATCH, new TreeSet<>()));
            assertRefused("patch", () -> new Action("r", ALICE, BOOK, null, new TreeSet<>()));
            assertRefused("triggers", () -> new Action("r", ALICE, BOOK, PATCH, null));
        }

        @Test
        void has_up_to_1_000_triggers() {
            assertThat(new Action("r", ALICE, BOOK, PATCH, keys(1_000)).triggers())
                    .hasSize(1_000);
            assertRefused("triggers", () -> new Action("r", ALICE, BOOK, PATCH, keys(1_001)));
        }

        private static SortedSet<Identity> keys(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> Identity.of("key", "" + i))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        @Test
        void copies_its_triggers_into_their_own_order() {
            SortedSet<Identity> triggers = new TreeSet<>(Collections.reverseOrder());
            triggers.add(KEY);
            triggers.add(ALICE);
            Action action = new Action("r", ALICE, BOOK, PATCH, triggers);

            triggers.clear();

            assertThat(action.triggers()).containsExactly(KEY, ALICE);
            assertThatThrownBy(() -> action.triggers().clear()).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Nested
    class OfAnEffect {
        @Test
        void keeps_what_it_is_made_of() {
            RecordedEffect event = new RecordedEffect(Long.MAX_VALUE, NOON, "shop", EFFECT);

            assertThat(event.change()).isSameAs(EFFECT);
            assertThat((Object) event.fold(action -> action, effect -> effect)).isSameAs(event);
            assertThat(EFFECT.<String>fold(action -> "action", Effect::reason)).isEqualTo("key-expired");
        }

        @Test
        void refuses_what_is_missing_or_out_of_bounds() {
            assertRefused("sequenceNumber", () -> new RecordedEffect(-1, NOON, "shop", EFFECT));
            assertRefused("source", () -> new RecordedEffect(1, NOON, "x".repeat(256), EFFECT));
            assertRefused("effect", () -> new RecordedEffect(1, NOON, "shop", null));
            assertRefused("reason", () -> new Effect("a\0", KEY));
            assertRefused("trigger", () -> new Effect("r", null));
        }
    }

    @Nested
    class Timestamp {
        @Test
        void is_from_year_0_to_year_9999_to_the_nanosecond() {
            Instant earliest = Instant.parse("0000-01-01T00:00:00Z");
            Instant latest = Instant.parse("9999-12-31T23:59:59.999999999Z");

            assertThat(new RecordedEffect(1, earliest, "s", EFFECT).timestamp()).isEqualTo(earliest);
            assertThat(new RecordedEffect(1, latest, "s", EFFECT).timestamp()).isEqualTo(latest);
            assertRefused("timestamp", () -> new RecordedEffect(1, earliest.minusNanos(1), "s", EFFECT));
            assertRefused("timestamp", () -> new RecordedEffect(1, latest.plusNanos(1), "s", EFFECT));
            assertRefused("timestamp", () -> new RecordedEffect(1, Instant.MAX, "s", EFFECT));
        }
    }

    private static void assertRefused(String place, Runnable making) {
        assertThatThrownBy(making::run)
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.place()).isEqualTo(place));
    }
}
