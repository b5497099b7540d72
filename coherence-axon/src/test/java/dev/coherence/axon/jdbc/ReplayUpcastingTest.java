package dev.coherence.axon.jdbc;

import static dev.coherence.axon.TypedBook.KIND;
import static dev.coherence.axon.TypedBook.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.thoughtworks.xstream.security.ForbiddenClassException;
import dev.coherence.action.Identity;
import dev.coherence.axon.Serializers;
import dev.coherence.axon.SpringConnectionProvider;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.TypedBook.Shelved;
import dev.coherence.axon.index.AffectedAggregate;
import dev.coherence.axon.index.NumberedEvent;
import dev.coherence.axon.index.ReplayIndex;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Events of replays are read as Axon would read them, one aggregate at a time. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"H2_JDBC", "POSTGRES_JPA"})
class ReplayUpcastingTest {

    /** More than one page. */
    private static final int LONG = Pages.PAGE_SIZE + 20;

    @Parameter
    Engine engine = Engine.H2_JDBC;

    private TestStore store;
    private AffectedAggregate ubik;
    private AffectedAggregate emma;

    @BeforeEach
    void store_events() {
        open(Serializers.JACKSON_2);
    }

    private void open(Serializers format) {
        store = engine.open(TypedBook.names(), format);
        store.publish(IntStream.range(0, LONG)
                .mapToObj(i -> event(KIND, "ubik", i, new Shelved("A")))
                .toArray(EventMessage<?>[]::new));
        store.publish(event(KIND, "emma", 0, new Shelved("B")), event(KIND, "emma", 1, new Shelved("B")));
        ubik = new AffectedAggregate(1, Identity.of(KIND, "ubik"), KIND, "ubik");
        emma = new AffectedAggregate(LONG + 1, Identity.of(KIND, "emma"), KIND, "emma");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_is_split_is_several_events_with_one_number() {
        ReplayIndex index =
                indexWith(events -> events.flatMap(event -> Stream.of(shelf(event, "1"), shelf(event, "2"))));

        for (List<NumberedEvent> events : bothWays(index, emma)) {
            assertThat(events).map(NumberedEvent::number).containsExactly(LONG + 1L, LONG + 1L, LONG + 2L, LONG + 2L);
            assertThat(shelves(events)).containsExactly("1", "2", "1", "2");
        }
    }

    @Test
    void what_is_dropped_is_not_there() {
        ReplayIndex index = indexWith(events -> events.filter(
                event -> event.getAggregateIdentifier().orElseThrow().equals("ubik")));

        assertThat(bothWays(index, emma)).containsOnly(List.of());
        assertThat(bothWays(index, ubik))
                .allSatisfy(events -> assertThat(events).hasSize(LONG));
    }

    @Test
    void upcasters_see_one_aggregate_at_a_time_and_all_of_it() {
        ReplayIndex index = indexWith(events -> {
            AtomicInteger count = new AtomicInteger();
            return events.map(event -> shelf(event, "" + count.incrementAndGet()));
        });

        for (List<NumberedEvent> events : bothWays(index, ubik)) {
            assertThat(shelves(events))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, LONG).mapToObj(i -> "" + i).toList());
        }
        for (List<NumberedEvent> events : bothWays(index, emma)) {
            assertThat(shelves(events)).containsExactly("1", "2");
        }
    }

    @Test
    void payloads_are_read_when_they_are_asked_for() {
        TestDatabases.execute(
                store.database(),
                "UPDATE DomainEventEntry SET payloadRevision = 'x' WHERE sequenceNumber = 1 AND aggregateIdentifier = 'emma'");
        ReplayIndex index = indexWith(events ->
                events.map(event -> "x".equals(event.getType().getRevision())
                        ? event.upcastPayload(event.getType(), JsonNode.class, json -> json.path("none"))
                        : event));

        for (List<NumberedEvent> events : bothWays(index, emma)) {
            assertThat(events).hasSize(2);
            assertThatThrownBy(() -> events.get(1).message().getPayload().toString())
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void an_unknown_class_is_read_as_Axon_reads_it() {
        rename("gone.Away");
        ReplayIndex index = indexWith(NoOpEventUpcaster.INSTANCE);

        try (Stream<NumberedEvent> events = index.events(emma)) {
            assertThat(events.map(one -> one.message().getPayloadType().getName()))
                    .contains(UnknownSerializedType.class.getName());
        }
    }

    @Test
    void a_forbidden_class_fails_as_with_Axon_but_not_for_others() {
        store.close();
        open(Serializers.XSTREAM);
        rename("java.lang.ProcessBuilder"); // which XStream does not allow

        assertThatThrownBy(() -> store.eventStore.readEvents("emma").asStream().toList())
                .isInstanceOf(ForbiddenClassException.class);
        assertFailsAlone(store.index.replays(), ForbiddenClassException.class);
    }

    @Test
    void a_failing_upcaster_fails_but_not_for_others() {
        assertFailsAlone(
                indexWith(events -> events.map(event -> {
                    if (event.getAggregateIdentifier().orElseThrow().equals("emma")) {
                        throw new IllegalStateException("cannot be upcast");
                    }
                    return event;
                })),
                IllegalStateException.class);
    }

    private void assertFailsAlone(ReplayIndex index, Class<? extends Exception> failure) {
        assertThat(index.events(List.of(ubik, emma), 1000)).containsOnlyKeys(ubik);
        assertThatThrownBy(() -> {
                    try (Stream<NumberedEvent> events = index.events(emma)) {
                        events.forEach(one -> {});
                    }
                })
                .isInstanceOf(failure);
    }

    private void rename(String payloadType) {
        TestDatabases.execute(
                store.database(),
                "UPDATE DomainEventEntry SET payloadType = '%s' WHERE sequenceNumber = 1 AND aggregateIdentifier = 'emma'"
                        .formatted(payloadType));
    }

    /** The events of the aggregate read alone, and read with others. */
    private List<List<NumberedEvent>> bothWays(ReplayIndex index, AffectedAggregate aggregate) {
        Map<AffectedAggregate, List<NumberedEvent>> found = index.events(List.of(ubik, emma), 1000);
        assertThat(found).containsOnlyKeys(ubik, emma);
        try (Stream<NumberedEvent> events = index.events(aggregate)) {
            return List.of(events.toList(), found.getOrDefault(aggregate, List.of()));
        }
    }

    private static List<String> shelves(List<NumberedEvent> events) {
        return events.stream()
                .map(one -> new ObjectMapper()
                        .valueToTree(one.message().getPayload())
                        .path("shelf")
                        .asText())
                .toList();
    }

    private ReplayIndex indexWith(EventUpcaster upcaster) {
        return JdbcEventIndex.builder()
                .connectionProvider(new SpringConnectionProvider(store.database()))
                .transactionManager(store.transactions)
                .serializer(Serializers.JACKSON_2.serializer())
                .upcasters(upcaster)
                .streamNames(TypedBook.names())
                .build()
                .replays();
    }

    private static IntermediateEventRepresentation shelf(IntermediateEventRepresentation event, String shelf) {
        return event.upcastPayload(
                new SimpleSerializedType(Shelved.class.getName(), "2"),
                JsonNode.class,
                json -> ((ObjectNode) json.deepCopy()).put("shelf", shelf));
    }
}
