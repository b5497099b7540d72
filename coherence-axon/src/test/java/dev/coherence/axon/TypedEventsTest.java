package dev.coherence.axon;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.SUBTYPE;
import static dev.coherence.axon.TypedBook.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Action;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook.Encrypted;
import dev.coherence.axon.TypedBook.Revised;
import dev.coherence.axon.TypedBook.Shelved;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events that annotated aggregates apply are actions for whoever asks the log. */
class TypedEventsTest {

    private static final Identity UBIK = Identity.of(KIND, "ubik");
    private static final Identity EMMA = Identity.of(KIND, "emma");
    private static final Identity KEY = Identity.of("key", "1");

    @Nested
    class Unseen {

        @ParameterizedTest
        @EnumSource
        void events_are_told_with_their_patches_whatever_class_of_the_aggregate_applied_them(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(
                        event(KIND, "ubik", 0, new Revised("ubik", "Ubik", 5)),
                        event(SUBTYPE, "ubik", 1, new Revised("ubik", null, 6)),
                        event(SUBTYPE, "ubik", 2, new Shelved("A")),
                        event(KIND, "emma", 0, new Revised("emma", "Emma", 7)));

                assertThat(changes(store.log.unseen(UBIK, Revision.at(0))))
                        .containsExactly(
                                action(
                                        UBIK,
                                        "revise",
                                        patch().assoc("title", "Ubik")
                                                .assoc("price", 5)
                                                .build()),
                                action(UBIK, "revise", patch().assoc("price", 6).build()),
                                action(UBIK, "Shelved", Patch.everything()));
                assertThat(store.log.unseen(UBIK, Revision.parse("1")))
                        .extracting(Event::sequenceNumber)
                        .containsExactly(3L);
                assertThat(store.log.nextVersion(UBIK)).isEqualTo(3);
            }
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY") // it ends with the classes of the application
        void events_under_the_type_of_a_renamed_class_touch_everything(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(
                        event("Volume", "ubik", 0, new Revised("ubik", "Ubik", 5)),
                        event("Volume", "emma", 0, new Revised("emma", "Emma", 5)),
                        event(KIND, "ubik", 1, new Revised("ubik", null, 6)));

                assertThat(changes(store.log.unseen(UBIK, Revision.at(0))))
                        .containsExactly(
                                action(UBIK, "unknown", Patch.everything()),
                                action(UBIK, "revise", patch().assoc("price", 6).build()));
                assertThat(store.log.unseen(UBIK, Revision.parse("0@1")))
                        .extracting(Event::sequenceNumber)
                        .containsExactly(3L);
            }
        }

        @ParameterizedTest
        @EnumSource
        void effects_on_triggers_that_they_link_to_are_told(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(
                        event(KIND, "ubik", 0, new Encrypted("ubik", List.of("1", "2"), "secret")),
                        event(KIND, "emma", 0, new Revised("emma", "Emma", 7)));
                fire(store, KEY);

                assertThat(store.index.linkedTriggers(Set.of(UBIK))).containsExactly(KEY, Identity.of("key", "2"));
                assertThat(store.log.unseen(UBIK, Revision.at(2)))
                        .extracting(Event::sequenceNumber)
                        .containsExactly(3L);
                assertThat(store.log.unseen(EMMA, Revision.at(2))).isEmpty();
            }
        }
    }

    @Nested
    class Reading {

        @ParameterizedTest
        @EnumSource
        void selects_them_by_kind_and_by_aggregate(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(
                        event(KIND, "ubik", 0, new Revised("ubik", "Ubik", 5)),
                        event(SUBTYPE, "emma", 0, new Revised("emma", "Emma", 7)),
                        event("Other", "ubik2", 0, new Revised("ubik2", "Ubik", 5)));
                Coherence coherence = coherence(store);

                assertThat(numbers(coherence.read().kinds(KIND).stream().toList()))
                        .containsExactly(1L, 2L);
                assertThat(numbers(coherence.read().aggregates(EMMA).stream().toList()))
                        .containsExactly(2L);
                assertThat(numbers(
                                coherence.read().aggregates(UBIK, EMMA).stream().toList()))
                        .containsExactly(1L, 2L);
                assertThat(coherence.read().stream().map(RecordedAction::action).map(Action::aggregate))
                        .containsExactly(UBIK, EMMA);
                assertThat(coherence.state(EMMA).document().value().toJson())
                        .isEqualTo("{\"price\":7,\"title\":\"Emma\"}");
            }
        }

        @ParameterizedTest
        @EnumSource
        void brings_back_those_of_aggregates_that_an_effect_concerns(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(
                        event(SUBTYPE, "ubik", 0, new Encrypted("ubik", List.of("1"), "secret")),
                        event(KIND, "emma", 0, new Revised("emma", "Emma", 7)));
                fire(store, KEY);
                fire(store, EMMA);
                Coherence coherence = coherence(store);

                assertThat(numbers(coherence.read().after(2).stream().toList())).containsExactly(1L, 2L);
                assertThat(numbers(coherence.read().after(3).stream().toList())).containsExactly(2L);
            }
        }
    }

    @Nested
    class Metadata {

        @ParameterizedTest
        @EnumSource
        void tells_who_acted_and_why_and_what_it_is_linked_to(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event(
                        KIND,
                        "ubik",
                        0,
                        new Encrypted("ubik", List.of("1"), null),
                        Map.of(
                                "coherence-actor", "user:bob",
                                "coherence-reason", "asked to",
                                "coherence-source", "shop",
                                "coherence-triggers", "key:8\nkey:9")));

                RecordedAction action =
                        (RecordedAction) store.log.unseen(UBIK, Revision.at(0)).get(0);
                assertThat(action.source()).isEqualTo("shop");
                assertThat(action.action().reason()).isEqualTo("asked to");
                assertThat(action.action().actor()).isEqualTo(Identity.of("user", "bob"));
                assertThat(action.action().triggers())
                        .containsExactly(Identity.of("key", "8"), Identity.of("key", "9"))
                        .isEqualTo(store.index.linkedTriggers(Set.of(UBIK)));
            }
        }
    }

    @Nested
    class What_cannot_be_read {

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY") // it keeps objects
        void touches_everything_and_is_in_nobodys_way(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(
                        event(KIND, "ubik", 0, new Encrypted("ubik", List.of("1"), "gone")),
                        event(KIND, "ubik", 1, new Revised("ubik", "broken", 5)),
                        event(KIND, "ubik", 2, new Revised("ubik", "forbidden", 5)),
                        event(KIND, "ubik", 3, new Revised("ubik", "Ubik", 5)));
                corrupt(store, 0, "payloadType = 'gone.Gone'");
                corrupt(store, 1, "payloadType = '%s'".formatted(Encrypted.class.getName()));
                corrupt(store, 2, "payloadType = 'java.lang.ProcessBuilder'"); // XStream forbids it by name

                assertThat(changes(store.log.unseen(UBIK, Revision.at(0))))
                        .containsExactly(
                                action(UBIK, "Gone", Patch.everything()),
                                action(UBIK, "Encrypted", Patch.everything()),
                                action(UBIK, "ProcessBuilder", Patch.everything()),
                                action(
                                        UBIK,
                                        "revise",
                                        patch().assoc("title", "Ubik")
                                                .assoc("price", 5)
                                                .build()));
                assertThat(coherence(store).read().stream()).hasSize(4);
                assertThat(store.index.linkedTriggers(Set.of(UBIK))).containsExactly(KEY);
            }
        }

        private void corrupt(TestStore store, int version, String change) {
            TestDatabases.execute(
                    store.database(),
                    "UPDATE DomainEventEntry SET %s WHERE sequenceNumber = %d".formatted(change, version));
        }
    }

    @Nested
    class What_is_none_of_our_business {

        @ParameterizedTest
        @EnumSource
        void links_and_changes_nothing(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.publish(event("Other", "x", 0, new Encrypted("x", List.of("1"), "secret")));

                Identity other = Identity.of("Other", "x");
                assertThat(store.index.linkedTriggers(Set.of(other))).isEmpty();
                assertThat(store.log.unseen(other, Revision.at(0))).isEmpty();
                assertThat(coherence(store).read().stream()).isEmpty();
            }
        }
    }

    @Nested
    class Beside_a_rebase {

        @ParameterizedTest
        @EnumSource
        void what_a_handler_appends_in_its_unit_of_work_is_none_of_its_events(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                store.eventStore.subscribe(events -> {
                    if (events.get(0).getPayload() instanceof PatchApplied) {
                        store.eventStore.publish(event(KIND, "ubik", 0, new Revised("ubik", "Ubik", 5)));
                    }
                });
                RebaseResult result = coherence(store)
                        .rebase(Revision.at(0))
                        .action(a -> a.reason("r")
                                .actor("user", "bob")
                                .aggregate("shelf", "1")
                                .assoc("a", 1))
                        .execute();

                assertThat(result)
                        .isInstanceOfSatisfying(
                                RebaseResult.Accepted.class,
                                accepted -> assertThat(accepted.events())
                                        .extracting(Event::sequenceNumber)
                                        .containsExactly(1L));
                assertThat(store.log.unseen(UBIK, Revision.at(0))).hasSize(1);
            }
        }
    }

    @Nested
    class What_is_wrong {

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY") // it rolls nothing back
        void is_refused_before_it_is_stored(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                assertThatThrownBy(() ->
                                store.publish(event(KIND, "ubik", 0, new Encrypted("ubik", List.of("1", ""), "no id"))))
                        .isInstanceOf(InvalidInputException.class);
                assertThat(store.index.lastNumber()).isZero();
                assertThat(store.index.linkedTriggers(Set.of(UBIK))).isEmpty();
            }
        }

        @ParameterizedTest
        @EnumSource
        void is_a_plain_kind_with_the_name_of_a_subclass(Engine engine) {
            try (TestStore store = engine.open(TypedBook.names())) {
                assertThatThrownBy(() -> coherence(store)
                                .rebase(Revision.at(0))
                                .action(a -> a.reason("r")
                                        .actor("user", "bob")
                                        .aggregate(SUBTYPE, "1")
                                        .assoc("a", 1))
                                .execute())
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("annotated");
            }
        }
    }

    private static void fire(TestStore store, Identity trigger) {
        assertThat(coherence(store)
                        .rebase(Revision.at(0))
                        .effect(e -> e.reason("fired").trigger(trigger))
                        .execute())
                .isInstanceOf(RebaseResult.Accepted.class);
    }

    private static Coherence coherence(TestStore store) {
        return Coherence.over(store.log, CoherenceSettings.withSource("test"));
    }

    private static Patch.Builder patch() {
        return Patch.builder();
    }

    private static List<String> changes(List<Event> events) {
        return events.stream()
                .map(event -> event.fold(
                        action -> text(action.action()),
                        effect -> effect.effect().toString()))
                .toList();
    }

    private static String action(Identity aggregate, String reason, Patch patch) {
        return "%s %s %s".formatted(aggregate, reason, patch);
    }

    private static String text(Action action) {
        return action(action.aggregate(), action.reason(), action.patch());
    }

    private static List<Long> numbers(List<RecordedAction> actions) {
        return actions.stream().map(RecordedAction::sequenceNumber).toList();
    }
}
