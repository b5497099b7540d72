package dev.coherence.axon.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Action;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.annotation.ConflictHandler;
import dev.coherence.axon.conflict.Resolution;
import dev.coherence.axon.payload.EventDescriptors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventMultiUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Conflict handlers and stored events that upcasters make several of, or none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SplitEventsTest {

    private static final String KIND = "Piece";
    private static final int ACCEPTED_BY_ONE = 100;

    /** What was stored long ago. */
    record Walked(List<Integer> steps) {}

    /** What an upcaster makes of each of its steps. */
    record Moved(int by) {}

    final class Piece {

        @ConflictHandler
        Resolution on(Moved ours, Moved theirs) {
            asked.add("%d over %d".formatted(ours.by(), theirs.by()));
            if (theirs.by() < 0 || (theirs.by() == ACCEPTED_BY_ONE && ours.by() != 1)) {
                return Resolution.reject();
            }
            return theirs.by() % ACCEPTED_BY_ONE == 0
                    ? Resolution.accept()
                    : Resolution.replaceBy(new Moved(ours.by() + theirs.by()));
        }
    }

    private final List<String> asked = new ArrayList<>();
    private TestStore store;
    private ConflictHandlers handlers;

    @BeforeAll
    void open() {
        store = Engine.H2_JDBC.open(Set.of(KIND));
        EventStore upcasting = EmbeddedEventStore.builder()
                .storageEngine(JdbcEventStorageEngine.builder()
                        .connectionProvider(() -> store.database().getConnection())
                        .transactionManager(store.transactions)
                        .eventSerializer(TestStore.serializer())
                        .snapshotSerializer(TestStore.serializer())
                        .upcasterChain(new Splitting())
                        .build())
                .build();
        handlers = new ConflictHandlers(new Guarded(
                upcasting, store.index, new EventDescriptors(), new OnePiece(), CoherenceSettings.withSource("test")));
    }

    @AfterAll
    void close() {
        store.close();
    }

    private final class OnePiece implements AggregateAccess {

        @Override
        public Set<Class<?>> classesOf(String kind) {
            return Set.of(Piece.class);
        }

        @Override
        public Optional<Class<?>> classOf(String axonType) {
            return Optional.of(Piece.class);
        }

        @Override
        public <R> R invoke(Identity aggregate, Function<Object, R> function) {
            return function.apply(new Piece());
        }

        @Override
        public void forget(Identity aggregate) {}
    }

    private static final class Splitting extends EventMultiUpcaster {

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().getName().equals(Walked.class.getName());
        }

        @Override
        protected Stream<IntermediateEventRepresentation> doUpcast(IntermediateEventRepresentation event) {
            JsonNode old = event.getData(JsonNode.class).getData();
            return IntStream.range(0, old.get("steps").size())
                    .mapToObj(i -> event.upcastPayload(
                            new SimpleSerializedType(Moved.class.getName(), "2"),
                            JsonNode.class,
                            json -> ((ObjectNode) json)
                                    .objectNode()
                                    .set("by", json.get("steps").get(i))));
        }
    }

    /** What is decided about our moving by 1, over an event that somebody stored with these steps. */
    private Resolution decide(Integer... steps) {
        return decide(GuardSuite.newId(), steps);
    }

    private Resolution decide(String id, Integer... steps) {
        asked.clear();
        store.publish(new GenericDomainEventMessage<>(KIND, id, 0, new Walked(List.of(steps))));
        Identity piece = Identity.of(KIND, id);
        Action action = new Action("walk", Identity.of("user", "bob"), piece, Patch.everything(), new TreeSet<>());
        return handlers.decide(piece, new Moved(1), new RecordedAction(1, 0, Instant.EPOCH, "test", action));
    }

    @Nested
    class Our_event {

        @Test
        void goes_over_theirs_if_every_part_is_accepted() {
            assertThat(decide(0, 0, 0)).isEqualTo(Resolution.accept());
            assertThat(asked).containsExactly("1 over 0", "1 over 0", "1 over 0");
        }

        @Test
        void is_in_conflict_as_soon_as_a_part_is_rejected() {
            assertThat(decide(0, -1, 0)).isEqualTo(Resolution.reject());
            assertThat(asked).containsExactly("1 over 0", "1 over -1");
        }

        @Test
        void is_replaced_by_what_a_part_says() {
            assertThat(decide(0, 3)).isEqualTo(Resolution.replaceBy(new Moved(4)));
        }
    }

    @Nested
    class What_takes_the_place_of_ours {

        @Test
        void is_laid_on_the_other_parts_in_turn() {
            assertThat(decide(3, 4)).isEqualTo(Resolution.replaceBy(new Moved(8)));
            assertThat(asked).containsExactly("1 over 3", "4 over 4");
        }

        @Test
        void is_rejected_by_a_later_part() {
            assertThat(decide(3, -1)).isEqualTo(Resolution.reject());
        }

        @Test
        void is_rejected_by_a_part_that_accepted_ours() {
            assertThat(decide(ACCEPTED_BY_ONE)).isEqualTo(Resolution.accept());
            assertThat(decide(ACCEPTED_BY_ONE, 3)).isEqualTo(Resolution.reject());
            assertThat(asked).containsExactly("1 over 100", "1 over 3", "4 over 100");
        }
    }

    @Nested
    class An_event_that_was_dropped {

        @Test
        void is_rejected() {
            assertThat(decide()).isEqualTo(Resolution.reject());
        }

        @Test
        void is_not_taken_for_the_one_after_it() {
            String id = GuardSuite.newId();
            store.publish(new GenericDomainEventMessage<>(KIND, id, 1, new Moved(0)));

            assertThat(decide(id)).isEqualTo(Resolution.reject());
            assertThat(asked).isEmpty();
        }
    }
}
