package dev.coherence.axon;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook.Revised;
import dev.coherence.axon.TypedBook.Shelved;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.revision.Revision;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventMultiUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of annotated aggregates are read as upcasters make them. */
class TypedUpcastingTest {

    private static final Identity UBIK = Identity.of(KIND, "ubik");

    private TestStore store;

    @BeforeEach
    void store_events() {
        store = Engine.H2_JDBC.open(TypedBook.names());
        store.publish(event(KIND, "ubik", 0, new Revised("ubik", "Ubik", 5)), event(KIND, "ubik", 1, new Shelved("A")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_is_renamed_and_changed_is_read_as_its_new_class() {
        TestDatabases.execute(
                store.database(), "UPDATE DomainEventEntry SET payloadType = 'old.Name' WHERE sequenceNumber = 0");
        EventIndex index = indexWith(upcaster(
                "old.Name", old -> Stream.of(revised(old, json -> json.put("title", "Ubik, revised")))));

        assertThat(index.unseen(UBIK, Revision.at(0)).get(0))
                .isInstanceOfSatisfying(
                        RecordedAction.class,
                        action -> assertThat(action.action().patch())
                                .isEqualTo(Patch.builder()
                                        .assoc("title", "Ubik, revised")
                                        .assoc("price", 5)
                                        .build()));
    }

    @Test
    void what_is_split_is_one_action() {
        EventIndex index = indexWith(upcaster(
                Revised.class.getName(),
                old -> Stream.of(
                        revised(old, json -> json.putNull("price")), revised(old, json -> json.putNull("title")))));

        try (Stream<RecordedAction> actions = index.actions(UBIK)) {
            assertThat(actions.map(action -> action.action().patch()))
                    .containsExactly(
                            Patch.builder()
                                    .assoc("title", "Ubik")
                                    .assoc("price", 5)
                                    .build(),
                            Patch.everything());
        }
    }

    @Test
    void what_is_dropped_is_unseen_all_the_same_and_touches_everything() {
        EventIndex index = indexWith(upcaster(Revised.class.getName(), old -> Stream.empty()));

        assertThat(index.unseen(UBIK, Revision.at(0)))
                .map(event -> event.fold(action -> action.action().reason(), effect -> "none"))
                .containsExactly("unknown", "Shelved");
        assertThat(index.unseen(UBIK, Revision.at(0)).get(0)).isInstanceOfSatisfying(RecordedAction.class, action -> {
            assertThat(action.sequenceNumber()).isEqualTo(1);
            assertThat(action.version()).isZero();
            assertThat(action.action().patch()).isEqualTo(Patch.everything());
        });
    }

    private EventIndex indexWith(EventUpcaster upcaster) {
        return JdbcEventIndex.builder()
                .connectionProvider(new SpringConnectionProvider(store.database()))
                .transactionManager(store.transactions)
                .serializer(TestStore.serializer())
                .upcasters(upcaster)
                .streamNames(TypedBook.names())
                .build();
    }

    private interface Upcasting {
        Stream<IntermediateEventRepresentation> apply(IntermediateEventRepresentation old);
    }

    private static EventUpcaster upcaster(String type, Upcasting upcasting) {
        return new EventMultiUpcaster() {
            @Override
            protected boolean canUpcast(IntermediateEventRepresentation event) {
                return event.getType().getName().equals(type) && event.getType().getRevision() == null;
            }

            @Override
            protected Stream<IntermediateEventRepresentation> doUpcast(IntermediateEventRepresentation event) {
                return upcasting.apply(event);
            }
        };
    }

    private static IntermediateEventRepresentation revised(
            IntermediateEventRepresentation old, UnaryOperator<ObjectNode> change) {
        return old.upcastPayload(
                new SimpleSerializedType(Revised.class.getName(), "2"),
                JsonNode.class,
                json -> change.apply(((ObjectNode) json).deepCopy()));
    }
}
