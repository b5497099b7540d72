package dev.coherence.axon.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitEventsTest {

    private static final Patch TITLE = Patch.builder().assoc("title", "Ubik").build();
    private static final Patch PRICE = Patch.builder().assoc("price", 1).build();

    @Test
    void events_of_different_numbers_stay_as_they_are() {
        Event effect = new RecordedEffect(3, Instant.EPOCH, "test", new Effect("fired", Identity.of("key", "1")));
        Event[] events = {action(1, TITLE), action(2, PRICE), effect};

        assertThat(SplitEvents.joined(Stream.of(events))).containsExactly(events);
    }

    @Test
    void those_of_one_number_become_one_with_all_that_they_touch_and_link_to() {
        assertThat(SplitEvents.joined(Stream.of(action(1, TITLE, "1"), action(1, PRICE, "2"), action(2, PRICE))))
                .containsExactly(
                        action(
                                1,
                                Patch.builder()
                                        .assoc("title", "Ubik")
                                        .assoc("price", 1)
                                        .build(),
                                "1",
                                "2"),
                        action(2, PRICE));
    }

    @Test
    void the_later_one_has_the_last_word() {
        assertThat(joined(
                        Patch.builder().assoc("a", 1).assoc("b", 1).dissoc("c").build(),
                        Patch.builder().assoc("c", 2).dissoc("a").build()))
                .isEqualTo(
                        Patch.builder().assoc("b", 1).assoc("c", 2).dissoc("a").build());
    }

    @Test
    void what_lies_within_the_other_touches_everything() {
        assertThat(joined(
                        Patch.builder().assoc("a.b", 1).build(),
                        Patch.builder().assoc("a", 1).build()))
                .isEqualTo(Patch.everything());
    }

    @Test
    void nothing_adds_nothing_and_everything_is_everything() {
        assertThat(joined(TITLE, Patch.nothing())).isEqualTo(TITLE);
        assertThat(joined(Patch.nothing(), TITLE)).isEqualTo(TITLE);
        assertThat(joined(Patch.nothing(), Patch.nothing())).isEqualTo(Patch.nothing());
        assertThat(joined(TITLE, Patch.everything())).isEqualTo(Patch.everything());
        assertThat(joined(Patch.everything(), TITLE)).isEqualTo(Patch.everything());
        assertThat(joined(Patch.everything(), Patch.nothing())).isEqualTo(Patch.everything());
    }

    private static Patch joined(Patch first, Patch second) {
        return SplitEvents.joined(Stream.of(action(1, first), action(1, second)))
                .map(event -> ((RecordedAction) event).action().patch())
                .findFirst()
                .orElseThrow();
    }

    private static RecordedAction action(long number, Patch patch, String... keys) {
        TreeSet<Identity> triggers = new TreeSet<>();
        Set.of(keys).forEach(key -> triggers.add(Identity.of("key", key)));
        Action action = new Action("r", Identity.of("user", "bob"), Identity.of("Book", "1"), patch, triggers);
        return new RecordedAction(number, number, Instant.EPOCH, "test", action);
    }
}
