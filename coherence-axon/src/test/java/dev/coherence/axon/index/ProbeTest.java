package dev.coherence.axon.index;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.event;
import static dev.coherence.axon.index.Changes.EMMA;
import static dev.coherence.axon.index.Changes.KEY;
import static dev.coherence.axon.index.Changes.OTHER_KEY;
import static dev.coherence.axon.index.Changes.PLAIN;
import static dev.coherence.axon.index.Changes.UBIK;
import static dev.coherence.axon.index.Changes.encrypted;
import static dev.coherence.axon.index.Changes.fire;
import static dev.coherence.axon.index.Changes.linkPlain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook;
import dev.coherence.revision.Revision;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link EventIndex#probe} tells. */
class ProbeTest {

    @ParameterizedTest
    @EnumSource
    void tells_the_last_number_and_whether_an_effect_is_unseen(Engine engine) {
        try (TestStore store = engine.open(TypedBook.names())) {
            assertThat(probe(store, UBIK, Revision.at(0))).isEqualTo(new Probe(0, false));

            store.publish(event(KIND, "ubik", 0, encrypted("1")), event(KIND, "emma", 0, encrypted("2"))); // 1 and 2
            fire(store, KEY); // 3
            fire(store, EMMA); // 4

            assertThat(probe(store, UBIK, Revision.at(2))).isEqualTo(new Probe(4, true));
            assertThat(probe(store, UBIK, Revision.at(3))).isEqualTo(new Probe(4, false));
            assertThat(probe(store, EMMA, Revision.at(3))).isEqualTo(new Probe(4, true));
            assertThat(probe(store, EMMA, Revision.at(4))).isEqualTo(new Probe(4, false));
            assertThat(probe(store, PLAIN, Revision.at(0))).isEqualTo(new Probe(4, false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void goes_by_the_unseen_ranges_of_the_base(Engine engine) {
        try (TestStore store = engine.open(TypedBook.names())) {
            store.publish(event(KIND, "ubik", 0, encrypted("1")));
            fire(store, OTHER_KEY); // 2
            fire(store, KEY); // 3
            fire(store, UBIK); // 4

            assertThat(probe(store, UBIK, Revision.parse("0@4-3")).unseenEffects())
                    .isTrue();
            assertThat(probe(store, UBIK, Revision.parse("0@3")).unseenEffects())
                    .isTrue();
            assertThat(probe(store, UBIK, Revision.parse("@4-1..2")).unseenEffects())
                    .isFalse();
            assertThat(probe(store, UBIK, Revision.parse("@4-1.3")).unseenEffects())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void asks_for_no_effects_without_a_position(Engine engine) {
        try (TestStore store = engine.open(TypedBook.names())) {
            store.publish(event(KIND, "ubik", 0, encrypted("1")));
            fire(store, KEY);

            assertThat(probe(store, UBIK, Revision.parse("0"))).isEqualTo(new Probe(2, false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void agrees_with_what_is_unseen(Engine engine) {
        try (TestStore store = engine.open(TypedBook.names())) {
            store.publish(event(KIND, "ubik", 0, encrypted("1", "2")));
            for (Identity trigger : List.of(KEY, EMMA, OTHER_KEY, UBIK, EMMA, PLAIN)) {
                fire(store, trigger);
            }
            linkPlain(store, KEY);
            for (String text :
                    List.of("@0", "@3", "@6-1", "@6-2", "@6-3", "@7-4", "@7-5", "@8-6..7", "@8", "0@1", "0")) {
                Revision base = Revision.parse(text);
                for (Identity aggregate : List.of(UBIK, EMMA, PLAIN)) {
                    boolean effects = store.index.unseen(aggregate, base).stream()
                            .anyMatch(event -> event.fold(action -> false, effect -> true));
                    assertThat(probe(store, aggregate, base))
                            .as("%s of %s", aggregate, text)
                            .isEqualTo(new Probe(8, effects));
                }
            }
        }
    }

    private static Probe probe(TestStore store, Identity aggregate, Revision base) {
        return store.index.probe(new ReadState(aggregate, base));
    }
}
