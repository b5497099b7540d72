package dev.coherence.axon.storage;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Action;
import dev.coherence.action.Effect;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.TypedBook.Encrypted;
import dev.coherence.axon.TypedBook.Revised;
import dev.coherence.axon.TypedBook.Shelved;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.value.InvalidInputException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How the codec reads events of annotated aggregates. */
class TypedEventCodecTest {

    private static final Identity UBIK = Identity.of(KIND, "ubik");

    private final EventCodec codec = new EventCodec(TypedBook.names());

    @Nested
    class An_action {

        @Test
        void is_told_before_the_event_is_stored() {
            assertThat(codec.action(event(KIND, "ubik", 0, new Revised("ubik", "Ubik", null))))
                    .contains(new Action(
                            "revise",
                            Identity.of("system", "unknown"),
                            UBIK,
                            Patch.builder().assoc("title", "Ubik").build(),
                            Collections.emptySortedSet()));
        }

        @Test
        void touches_everything_if_its_class_says_nothing() {
            assertThat(codec.action(event(KIND, "ubik", 0, new Shelved("A")))).hasValueSatisfying(action -> {
                assertThat(action.patch()).isEqualTo(Patch.everything());
                assertThat(action.reason()).isEqualTo("Shelved");
            });
        }

        @Test
        void is_none_in_effects_and_events_of_others() {
            EffectFired effect = EffectFired.of(new Effect("fired", Identity.of("key", "1")));

            assertThat(codec.action(event(StreamNames.EFFECT_TYPE, "key!1", 0, effect)))
                    .isEmpty();
            assertThat(codec.action(event("Other", "ubik", 0, new Revised("ubik", "Ubik", 1))))
                    .isEmpty();
            assertThat(codec.decode(event(null, "ubik", 0, new Revised("ubik", "Ubik", 1)), 1))
                    .isEmpty();
        }

        @Test
        void is_none_if_no_identity_can_name_the_aggregate() {
            String tooLong = "x".repeat(252);

            assertThat(codec.action(event(KIND, tooLong, 0, new Shelved("A")))).isEmpty();
            assertThat(codec.links(event(KIND, tooLong, 0, new Encrypted("i", List.of("1"), null))))
                    .containsExactly(Identity.of("key", "1"));
        }

        @Test
        void touches_everything_if_it_says_it_wrongly() {
            DomainEventMessage<?> event = event(KIND, "ubik", 0, new Encrypted("ubik", List.of(""), "notes"));

            assertThat(codec.action(event))
                    .hasValueSatisfying(action -> assertThat(action.patch()).isEqualTo(Patch.everything()));
        }
    }

    @Nested
    class Metadata {

        @Test
        void that_is_malformed_counts_as_absent() {
            Map<String, ?> malformed = Map.of(
                    "coherence-actor", "nobody",
                    "coherence-reason", "",
                    "coherence-source", "x".repeat(256),
                    "coherence-timestamp", "yesterday",
                    "coherence-triggers", "key");
            DomainEventMessage<?> event = event(KIND, "ubik", 0, new Encrypted("ubik", List.of("1"), null), malformed);

            assertThat(codec.action(event)).hasValueSatisfying(action -> {
                assertThat(action.actor()).isEqualTo(Identity.of("system", "unknown"));
                assertThat(action.reason()).isEqualTo("encrypt");
                assertThat(action.triggers()).containsExactly(Identity.of("key", "1"));
            });
            assertThat(codec.decode(event, 7)).hasValueSatisfying(decoded -> {
                assertThat(decoded.source()).isEqualTo("unknown");
                assertThat(decoded.timestamp()).isEqualTo(event.getTimestamp());
            });
        }

        @Test
        void that_says_wrongly_when_a_draft_happened_counts_as_absent() {
            EffectFired effect = EffectFired.of(new Effect("fired", Identity.of("key", "1")));
            DomainEventMessage<?> event =
                    event(StreamNames.EFFECT_TYPE, "key!1", 0, effect, Map.of("coherence-timestamp", "yesterday"));

            assertThat(codec.decode(event, 7)).map(Event::timestamp).contains(event.getTimestamp());
        }

        @Test
        void names_the_source_where_no_actor_is_named() {
            DomainEventMessage<?> event = event(KIND, "ubik", 0, new Shelved("A"), Map.of("coherence-source", "shop"));

            assertThat(codec.action(event)).map(Action::actor).contains(Identity.of("system", "shop"));
        }

        @Test
        void of_a_source_that_is_too_long_to_act_is_no_obstacle() {
            DomainEventMessage<?> event =
                    event(KIND, "ubik", 0, new Shelved("A"), Map.of("coherence-source", "x".repeat(255)));

            assertThat(codec.action(event)).map(Action::actor).contains(Identity.of("system", "unknown"));
        }
    }

    @Nested
    class Links_of_what_is_about_to_be_stored {

        @Test
        void are_those_of_the_metadata_else_those_of_the_class() {
            Encrypted encrypted = new Encrypted("ubik", List.of("1"), null);

            assertThat(codec.links(event(KIND, "ubik", 0, encrypted))).containsExactly(Identity.of("key", "1"));
            assertThat(codec.links(event(KIND, "ubik", 0, encrypted, Map.of("coherence-triggers", "key:2"))))
                    .containsExactly(Identity.of("key", "2"));
            assertThat(codec.links(event(KIND, "ubik", 0, new Shelved("A")))).isEmpty();
            assertThat(codec.links(event("Other", "ubik", 0, encrypted))).isEmpty();
        }

        @Test
        void are_refused_if_they_are_malformed_or_too_many() {
            assertThatThrownBy(() -> codec.links(event(KIND, "ubik", 0, new Encrypted("ubik", List.of(""), null))))
                    .isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() ->
                            codec.links(event(KIND, "ubik", 0, new Shelved("A"), Map.of("coherence-triggers", "key"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("coherence-triggers");
            List<String> many =
                    IntStream.range(0, 1_001).mapToObj(String::valueOf).toList();
            assertThatThrownBy(() -> codec.links(event(KIND, "ubik", 0, new Encrypted("ubik", many, null))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("at most 1000");
        }

        @Test
        void are_refused_if_metadata_declares_more_than_an_action_may_have() {
            assertThat(codec.links(event(KIND, "ubik", 0, new Shelved("A"), keys(1_000))))
                    .hasSize(1_000);
            assertThatThrownBy(() -> codec.links(event(KIND, "ubik", 0, new Shelved("A"), keys(1_001))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("coherence-triggers: links to 1001 triggers; at most 1000 are allowed");
        }

        private static Map<String, ?> keys(int count) {
            return Map.of(
                    "coherence-triggers",
                    TriggerLines.print(IntStream.range(0, count)
                            .mapToObj(i -> Identity.of("key", String.valueOf(i)))
                            .toList()));
        }
    }
}
