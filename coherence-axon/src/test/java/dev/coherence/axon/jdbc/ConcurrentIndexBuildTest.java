package dev.coherence.axon.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Identity;
import dev.coherence.axon.OwnThread;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.index.BuildListener;
import dev.coherence.axon.index.BuildProgress;
import dev.coherence.axon.index.BuildResult;
import dev.coherence.axon.index.IndexMaintenance;
import dev.coherence.axon.jdbc.OldEvents.Stored;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Builds while others build and append. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"POSTGRES_JDBC", "POSTGRES_JPA"})
class ConcurrentIndexBuildTest {

    private static final Identity KEY = Identity.of("key", "1");

    @Parameter
    Engine engine = Engine.POSTGRES_JDBC;

    private TestStore store;
    private OldEvents events;

    @BeforeEach
    void open() {
        store = engine.open(TypedBook.names());
        events = new OldEvents(store, 7);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private IndexMaintenance anotherNode(int batchSize) {
        JdbcEventIndexBuilder builder = store.anotherIndex();
        builder.batchSize = batchSize;
        return builder.build().maintenance();
    }

    @Test
    void several_nodes_share_the_work() throws Exception {
        events.append(200);
        events.forgetIndex();
        List<CompletableFuture<BuildResult>> builds = Stream.of(3, 4, 5)
                .map(this::anotherNode)
                .map(node -> OwnThread.supply(() -> node.build(BuildListener.none())))
                .toList();
        long read = 0;
        for (CompletableFuture<BuildResult> build : builds) {
            BuildResult result = build.get(60, TimeUnit.SECONDS);
            assertThat(result.state().isComplete()).isTrue();
            read += result.eventsRead();
        }
        assertThat(read).isEqualTo(events.count());
        assertThat(events.found()).isEqualTo(events.expected());
    }

    /** They append to the very aggregates, and link them to the very triggers, that the build is linking. */
    @Test
    void appends_go_on() throws Exception {
        events.append(400);
        events.forgetIndex();
        CompletableFuture<BuildResult> build =
                OwnThread.supply(() -> anotherNode(5).build(BuildListener.none()));
        int appended = 0;
        while (!build.isDone() || appended < 50) {
            events.append(10);
            appended += 10;
        }
        assertThat(build.get(60, TimeUnit.SECONDS).state().isComplete()).isTrue();
        assertThat(events.found()).isEqualTo(events.expected());
        assertThat(store.index.maintenance().verify(BuildListener.none()).isFaultless())
                .isTrue();
    }

    @Test
    void an_append_waits_for_the_build_that_inserts_its_link_and_does_not_fail() throws Exception {
        events.append(events.typed("ubik", KEY));
        events.forgetIndex();
        Stored later = events.typed("ubik", KEY);
        CountDownLatch inserted = new CountDownLatch(1);
        CompletableFuture<String> build = OwnThread.supply(() -> store.inTransaction(() -> {
            IndexRow.Link row = new IndexRow.Link("ubik", KEY.toString(), 1, 1, TypedBook.KIND);
            Database database = new Database(store.connections(), store.transactions);
            new IndexRows(database, EventTable.of(new EventSchema()), IndexTables.standard()).insertLinks(List.of(row));
            inserted.countDown();
            sleep(500);
            return "";
        }));
        assertThat(inserted.await(10, TimeUnit.SECONDS)).isTrue();
        events.append(later);
        build.get(10, TimeUnit.SECONDS);
        assertThat(events.found()).hasSize(1).allMatch(row -> row.startsWith("link ubik, key:1, 1, 1,"));
    }

    /** By a node without coherence. */
    @Test
    void waits_for_those_who_have_taken_a_lower_number() throws Exception {
        events.append(20);
        events.forgetIndex();
        store.log.close(); // records no more
        Stored slow = events.typed("slow", KEY);
        CountDownLatch appended = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        CompletableFuture<String> append = OwnThread.supply(() -> {
            store.inTransaction(() -> {
                store.eventStore.publish(slow.message());
                CurrentUnitOfWork.get().onCommit(unit -> {
                    appended.countDown();
                    await(mayCommit);
                });
                return "";
            });
            return "";
        });
        assertThat(appended.await(10, TimeUnit.SECONDS)).isTrue();
        store.publish(events.typed("fast").message());

        CountDownLatch waiting = new CountDownLatch(3);
        CompletableFuture<BuildResult> build =
                OwnThread.supply(() -> anotherNode(1000).build(new BuildListener() {
                    @Override
                    public void progressed(BuildProgress progress) {
                        waiting.countDown();
                    }
                }));
        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(build).isNotDone();
        assertThat(store.index.maintenance().state().isComplete()).isFalse();
        mayCommit.countDown();
        append.get(10, TimeUnit.SECONDS);

        assertThat(build.get(20, TimeUnit.SECONDS).state().isComplete()).isTrue();
        assertThat(events.found()).anyMatch(row -> row.startsWith("link slow, key:1"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
