package dev.coherence.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.event.EffectFired;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import dev.coherence.value.InvalidInputException;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AxonEventLogTest {

    private static final Identity BOOK = Identity.of("book", "Neuromancer");

    @ParameterizedTest
    @EnumSource
    void actions_and_effects_are_domain_events_in_streams_of_their_own(Engine engine) {
        try (TestStore store = engine.open()) {
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            accepted(coherence
                    .rebase(Revision.at(0))
                    .action(a -> a.reason("create")
                            .actor("user", "alice")
                            .aggregate(BOOK)
                            .assoc("genre", "SF")
                            .trigger("key", "1"))
                    .effect(e -> e.reason("key-expired").trigger("key", "1"))
                    .execute());

            assertThat(events(store, "book:Neuromancer")).singleElement().satisfies(event -> {
                assertThat(event.getType()).isEqualTo("book");
                assertThat(event.getSequenceNumber()).isZero();
                assertThat(event.getPayload())
                        .isInstanceOfSatisfying(
                                PatchApplied.class,
                                patch -> assertThat(patch.reason()).isEqualTo("create"));
            });
            assertThat(events(store, "key!1")).singleElement().satisfies(event -> {
                assertThat(event.getType()).isEqualTo("coherence:effect");
                assertThat(event.getPayload())
                        .isInstanceOfSatisfying(
                                EffectFired.class,
                                effect -> assertThat(effect.trigger()).isEqualTo(Identity.of("key", "1")));
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_effect_after_the_base_brings_back_older_actions_of_linked_aggregates(Engine engine) {
        try (TestStore store = engine.open()) {
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            long first = accepted(coherence
                            .rebase(Revision.at(0))
                            .action(a -> a.reason("create")
                                    .actor("user", "alice")
                                    .aggregate(BOOK)
                                    .assoc("genre", "SF")
                                    .trigger("key", "1"))
                            .execute())
                    .events()
                    .get(0)
                    .sequenceNumber();
            accepted(coherence
                    .rebase(Revision.at(0))
                    .effect(e -> e.reason("key-expired").trigger("key", "1"))
                    .execute());

            assertThat(coherence.read().after(first).stream().map(RecordedAction::sequenceNumber))
                    .containsExactly(first);
            assertThat(coherence.conflicts(Revision.at(first), BOOK)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_rebase_inside_a_unit_of_work_is_refused(Engine engine) {
        try (TestStore store = engine.open()) {
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            UnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(null);
            try {
                assertThatThrownBy(() -> coherence
                                .rebase(Revision.at(0))
                                .effect(e -> e.reason("r").trigger("key", "1"))
                                .execute())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("unit of work");
            } finally {
                unitOfWork.rollback();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_action_on_a_kind_of_an_annotated_aggregate_is_refused_but_an_effect_is_not(Engine engine) {
        try (TestStore store = engine.open(Set.of("Book"))) {
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            assertThatThrownBy(() -> coherence
                            .rebase(Revision.at(0))
                            .action(a -> a.reason("r")
                                    .actor("user", "alice")
                                    .aggregate("Book", "42")
                                    .assoc("a", 1))
                            .execute())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("annotated");
            assertThat(coherence.sequenceNumber()).isZero();
            accepted(coherence
                    .rebase(Revision.at(0))
                    .effect(e -> e.reason("r").trigger("Book", "42"))
                    .execute());
        }
    }

    @Test
    void the_type_of_effects_is_no_kind_of_aggregates() {
        try (TestStore store = Engine.IN_MEMORY.open()) {
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            assertThatThrownBy(() -> coherence
                            .rebase(Revision.at(0))
                            .action(a -> a.reason("r")
                                    .actor("user", "alice")
                                    .aggregate("coherence:effect", "1")
                                    .assoc("a", 1))
                            .execute())
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("choose another kind");
        }
    }

    @Test
    void a_failing_subscriber_leaves_nothing_stored_and_the_log_usable() {
        try (TestStore store = Engine.H2_JDBC.open()) {
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
            var failing = store.eventStore.subscribe(events -> {
                throw new IllegalStateException("projection failed");
            });
            assertThatThrownBy(() -> coherence
                            .rebase(Revision.at(0))
                            .action(a -> a.reason("r")
                                    .actor("user", "alice")
                                    .aggregate(BOOK)
                                    .assoc("a", 1)
                                    .trigger("key", "1"))
                            .execute())
                    .hasMessage("projection failed");
            failing.cancel();
            assertThat(coherence.sequenceNumber()).isZero();
            assertThat(store.index.linkedTriggers(Set.of(BOOK))).isEmpty();
            accepted(coherence
                    .rebase(Revision.at(0))
                    .action(a -> a.reason("r")
                            .actor("user", "alice")
                            .aggregate(BOOK)
                            .assoc("a", 1)
                            .trigger("key", "1"))
                    .execute());
        }
    }

    private static RebaseResult.Accepted accepted(RebaseResult result) {
        assertThat(result).isInstanceOf(RebaseResult.Accepted.class);
        return (RebaseResult.Accepted) result;
    }

    private static List<? extends DomainEventMessage<?>> events(TestStore store, String stream) {
        return store.eventStore.readEvents(stream).asStream().toList();
    }
}
