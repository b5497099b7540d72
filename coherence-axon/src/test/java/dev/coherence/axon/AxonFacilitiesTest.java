package dev.coherence.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.RecordedAction;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.jdbc.JdbcEventIndex;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.log.ReadQuery;
import dev.coherence.rebase.RebaseResult;
import dev.coherence.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Axon offers for events works for those of coherence, and what goes wrong there harms nobody. */
class AxonFacilitiesTest {

    private static final Identity BOOK = Identity.of("book", "1");

    private TestStore store;
    private Coherence coherence;

    @BeforeEach
    void open() {
        store = Engine.H2_JDBC.open();
        coherence = Coherence.over(store.log, CoherenceSettings.withSource("test"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void an_event_processor_handles_them() throws InterruptedException {
        BlockingQueue<Object> handled = new LinkedBlockingQueue<>();
        TrackingEventProcessor processor = TrackingEventProcessor.builder()
                .name("books")
                .eventHandlerInvoker(SimpleEventHandlerInvoker.builder()
                        .eventHandlers((EventMessageHandler) event -> handled.add(event.getPayload()))
                        .build())
                .messageSource(store.eventStore)
                .tokenStore(new InMemoryTokenStore())
                .transactionManager(NoTransactionManager.instance())
                .build();
        processor.start();
        try {
            create();
            assertThat(handled.poll(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            PatchApplied.class,
                            patch -> assertThat(patch.actor()).isEqualTo(Identity.of("user", "alice")));
        } finally {
            processor.shutDown();
        }
    }

    @Test
    void upcasters_are_applied() {
        create();
        JdbcEventIndex upcasting = JdbcEventIndex.builder()
                .connectionProvider(new SpringConnectionProvider(store.database()))
                .transactionManager(store.transactions)
                .serializer(TestStore.serializer())
                .upcasters(new SingleEventUpcaster() {
                    @Override
                    protected boolean canUpcast(IntermediateEventRepresentation event) {
                        return event.getType().getName().equals(PatchApplied.class.getName());
                    }

                    @Override
                    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
                        return event.upcastPayload(
                                new SimpleSerializedType(PatchApplied.class.getName(), "2"),
                                JsonNode.class,
                                json -> ((ObjectNode) json).put("reason", "upcasted"));
                    }
                })
                .build();
        try (Stream<RecordedAction> actions = upcasting.actions(BOOK)) {
            assertThat(actions.map(action -> action.action().reason())).containsExactly("upcasted");
        }
    }

    @Test
    void dispatch_interceptors_are_applied_and_the_result_tells_what_is_stored() {
        var tenant = store.eventStore.registerDispatchInterceptor(
                messages -> (i, event) -> event.andMetaData(Map.of("tenant", "x")));
        Event withTenant = create().events().get(0);
        assertThat(withTenant.source()).isEqualTo("test");
        assertThat(stored().getMetaData()).containsEntry("tenant", "x").containsKey("coherence-source");
        tenant.cancel();

        store.empty();
        store.eventStore.registerDispatchInterceptor(
                messages -> (i, event) -> event.withMetaData(MetaData.emptyInstance()));
        Event withoutMetaData = create().events().get(0);
        assertThat(withoutMetaData.source()).isEqualTo("unknown");
        assertThat(coherence.conflicts(Revision.at(0), BOOK))
                .extracting(Event::source, Event::change)
                .containsExactly(tuple("unknown", withoutMetaData.change()));
    }

    @Test
    void events_of_others_are_passed_over_even_if_they_cannot_be_read() {
        create();
        store.transactions.executeInTransaction(
                () -> store.eventStore.publish(new GenericDomainEventMessage<>("Other", "other", 0, Map.of("a", "b"))));
        TestDatabases.execute(
                store.database(),
                "UPDATE DomainEventEntry SET payload = X'00', payloadType = 'gone.Gone' WHERE type = 'Other'");
        assertThat(coherence.read().stream()).hasSize(1);
    }

    @Test
    void what_was_merged_is_noted_beside_the_event() {
        long merged = create().events().get(0).sequenceNumber();
        accepted(coherence
                .rebase(Revision.at(0))
                .policy(ConflictPolicy.MERGE)
                .action(a -> a.reason("r").actor("user", "bob").aggregate(BOOK).assoc("b", 1))
                .execute());
        assertThat(store.eventStore
                        .readEvents("book:1")
                        .asStream()
                        .map(event -> event.getMetaData().get("coherence-merged")))
                .containsExactly(null, Long.toString(merged));
    }

    @Test
    void an_error_in_a_subscriber_leaves_nothing_stored_and_no_transaction_open() {
        var failing = store.eventStore.subscribe(events -> {
            throw new AssertionError("out of order");
        });
        assertThatThrownBy(this::create).isInstanceOf(AssertionError.class);
        failing.cancel();
        assertThat(store.database().getHikariPoolMXBean().getActiveConnections())
                .isZero();
        assertThat(coherence.sequenceNumber()).isZero();
        create();
    }

    @Test
    void a_commit_that_is_done_but_whose_answer_is_lost_is_an_acceptance() {
        TransactionManager losingAnswers = () -> {
            Transaction transaction = store.transactions.startTransaction();
            return new Transaction() {
                @Override
                public void commit() {
                    transaction.commit();
                    throw new IllegalStateException("connection lost");
                }

                @Override
                public void rollback() {
                    transaction.rollback();
                }
            };
        };
        AxonEventLog log = AxonEventLog.builder()
                .eventStore(store.eventStore)
                .transactionManager(losingAnswers)
                .index(store.index)
                .build();
        coherence = Coherence.over(log, CoherenceSettings.withSource("test"));
        assertThat(create().events().get(0).sequenceNumber()).isEqualTo(coherence.sequenceNumber());
    }

    @Test
    void two_logs_on_one_store_record_an_effect_once() {
        AxonEventLog second = AxonEventLog.builder()
                .eventStore(store.eventStore)
                .transactionManager(store.transactions)
                .index(store.index)
                .build();
        assertThat(Coherence.over(second, CoherenceSettings.withSource("test"))
                        .rebase(Revision.at(0))
                        .effect(e -> e.reason("r").trigger("key", "1"))
                        .execute())
                .isInstanceOf(RebaseResult.Accepted.class);
    }

    @Test
    void a_reading_fetches_pages_as_they_are_asked_for() {
        for (int i = 0; i < 250; i++) {
            int n = i;
            accepted(coherence
                    .rebase(Revision.at(0))
                    .action(a -> a.reason("r")
                            .actor("user", "bob")
                            .aggregate("book", "b" + n)
                            .assoc("n", n))
                    .execute());
        }
        AtomicInteger connections = new AtomicInteger();
        SpringConnectionProvider provider = new SpringConnectionProvider(store.database());
        JdbcEventIndex counting = JdbcEventIndex.builder()
                .connectionProvider(() -> {
                    connections.incrementAndGet();
                    return provider.getConnection();
                })
                .transactionManager(store.transactions)
                .serializer(TestStore.serializer())
                .build();
        List<Integer> statements = new ArrayList<>();
        connections.set(0);
        try (Stream<RecordedAction> actions =
                counting.read(new ReadQuery(Revision.at(0), new TreeSet<>(), new TreeSet<>()), store.log.head())) {
            assertThat(actions.peek(action -> statements.add(connections.get())))
                    .hasSize(250);
        }
        int first = statements.get(0);
        assertThat(statements.get(99)).isEqualTo(first);
        assertThat(statements.get(100)).isEqualTo(first + 1);
        assertThat(statements.get(249)).isEqualTo(first + 2);
    }

    private RebaseResult.Accepted create() {
        return accepted(coherence
                .rebase(Revision.at(0))
                .action(a -> a.reason("create")
                        .actor("user", "alice")
                        .aggregate(BOOK)
                        .assoc("a", 1)
                        .trigger("key", "1"))
                .execute());
    }

    private EventMessage<?> stored() {
        return store.eventStore.readEvents("book:1").next();
    }

    private static RebaseResult.Accepted accepted(RebaseResult result) {
        assertThat(result).isInstanceOf(RebaseResult.Accepted.class);
        return (RebaseResult.Accepted) result;
    }
}
