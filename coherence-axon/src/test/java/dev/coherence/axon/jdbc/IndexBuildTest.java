package dev.coherence.axon.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.action.Identity;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TypedBook;
import dev.coherence.axon.index.BuildListener;
import dev.coherence.axon.index.BuildProgress;
import dev.coherence.axon.index.BuildResult;
import dev.coherence.axon.index.IndexMaintenance;
import dev.coherence.axon.index.IndexState;
import dev.coherence.axon.index.IndexState.Status;
import dev.coherence.axon.jdbc.OldEvents.Stored;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An index that is built later holds what appends would have stored. */
@ParameterizedClass(name = "{0}")
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY")
class IndexBuildTest {

    private static final Identity KEY = Identity.of("key", "1");

    @Parameter
    TestStore.Engine engine = TestStore.Engine.H2_JDBC;

    private TestStore store;
    private OldEvents events;

    @BeforeEach
    void open() {
        store = engine.open(TypedBook.names());
        events = new OldEvents(store, 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void equals_what_appends_have_stored(long seed) {
        events = new OldEvents(store, seed);
        events.append(150);
        assertThat(events.found()).as("seed %d", seed).isEqualTo(events.expected());
        events.forgetIndex();
        events.append(100); // by a node that knows of the index, but of no earlier link

        assertThat(maintenance().state().status()).isEqualTo(Status.NEVER_BUILT);
        BuildResult result = maintenance().build(BuildListener.none());

        assertThat(events.found()).as("seed %d", seed).isEqualTo(events.expected());
        assertThat(result.state().isComplete()).isTrue();
        assertThat(result.eventsRead()).isEqualTo(events.count());
        assertThat(maintenance().verify(BuildListener.none()).isFaultless()).isTrue();
    }

    @Test
    void a_new_store_has_nothing_to_build() {
        assertThat(maintenance().state().isComplete()).isTrue();
        events.append(20);
        assertThat(maintenance().state().isComplete()).isTrue();
        assertThat(maintenance().build(BuildListener.none()).eventsRead()).isZero();
        assertThat(maintenance().verify(BuildListener.none()).isFaultless()).isTrue();
    }

    @Test
    void tells_progress_and_what_was_added() {
        Stored first = events.typed("ubik", KEY);
        Stored effect = events.effect(KEY);
        events.append(first, events.plain("shelf", "1", KEY), effect, events.typed("ubik", KEY));
        events.forgetIndex();
        events.append(events.typed("ubik", KEY)); // is stored as the first link
        List<BuildProgress> progress = new ArrayList<>();
        BuildResult result = smallBatches(2).build(progress::add);

        assertThat(result.links()).isEqualTo(1);
        assertThat(result.corrected()).isEqualTo(1);
        assertThat(result.effects()).isEqualTo(1);
        assertThat(result.requests()).isZero();
        assertThat(result.kinds()).containsExactly(TypedBook.KIND, "shelf");
        long start = events.number(first) - 1;
        assertThat(progress)
                .containsExactly(
                        new BuildProgress(start + 2, start + 5, 2),
                        new BuildProgress(start + 4, start + 5, 4),
                        new BuildProgress(start + 5, start + 5, 5));
    }

    @Test
    void is_refused_within_a_unit_of_work() {
        for (Runnable call : List.<Runnable>of(
                () -> maintenance().build(BuildListener.none()),
                () -> maintenance().rebuild(BuildListener.none()),
                () -> maintenance().verify(BuildListener.none()))) {
            assertThatThrownBy(() -> store.inTransaction(() -> {
                        call.run();
                        return "";
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("unit of work");
        }
    }

    @Nested
    class Ended_early {

        @BeforeEach
        void store_old_events() {
            events.append(120);
            events.forgetIndex();
        }

        @Test
        void goes_on_on_another_node_where_it_stopped() {
            AtomicInteger batches = new AtomicInteger();
            assertThatThrownBy(() -> smallBatches(10).build(progress -> {
                        if (batches.incrementAndGet() == 4) {
                            throw new IllegalStateException("killed");
                        }
                    }))
                    .hasMessage("killed");
            assertThat(maintenance().state().status()).isEqualTo(Status.BUILDING);

            BuildResult result = smallBatches(10).build(BuildListener.none());
            assertThat(result.eventsRead()).isEqualTo(events.count() - 40);
            assertThat(events.found()).isEqualTo(events.expected());
        }

        @Test
        void by_its_listener_it_says_so() {
            BuildListener cancelling = new BuildListener() {
                private boolean cancelled;

                @Override
                public void progressed(BuildProgress progress) {
                    cancelled = true;
                }

                @Override
                public boolean isCancelled() {
                    return cancelled;
                }
            };
            BuildResult result = smallBatches(10).build(cancelling);
            assertThat(result.eventsRead()).isEqualTo(10);
            assertThat(result.state().status()).isEqualTo(Status.BUILDING);
            assertThat(result.state().isComplete()).isFalse();
            assertThat(smallBatches(10).build(BuildListener.none()).state().isComplete())
                    .isTrue();
        }

        /** Each builder dies at one of its statements, ever later. */
        @Test
        void at_any_statement_it_leaves_nothing_undone() {
            int failures = 0;
            IndexState state = maintenance().state();
            for (int lastStatement = 1; !state.isComplete() && lastStatement < 300; lastStatement++) {
                IndexMaintenance failing = failingAfter(lastStatement);
                try {
                    BuildResult unused = failing.build(BuildListener.none());
                } catch (RuntimeException e) {
                    failures++;
                }
                state = maintenance().state();
            }
            assertThat(failures).isGreaterThan(10);
            assertThat(events.found()).isEqualTo(events.expected());
        }

        @Test
        void by_somebody_who_begins_anew_it_ends() {
            List<BuildResult> rebuilt = new ArrayList<>();
            BuildResult superseded = smallBatches(10).build(progress -> {
                if (progress.eventsRead() == 30 && rebuilt.isEmpty()) {
                    rebuilt.add(smallBatches(50).rebuild(cancelledAfter(1)));
                }
            });
            assertThat(superseded.eventsRead()).isEqualTo(30);
            assertThat(superseded.state().isComplete()).isFalse();
            assertThat(rebuilt).map(BuildResult::eventsRead).containsExactly(50L);
            assertThat(smallBatches(50).build(BuildListener.none()).eventsRead())
                    .isEqualTo(events.count() - 50L);
            assertThat(events.found()).isEqualTo(events.expected());
        }
    }

    private static BuildListener cancelledAfter(int batches) {
        AtomicInteger done = new AtomicInteger();
        return new BuildListener() {
            @Override
            public void progressed(BuildProgress progress) {
                done.incrementAndGet();
            }

            @Override
            public boolean isCancelled() {
                return done.get() >= batches;
            }
        };
    }

    private IndexMaintenance maintenance() {
        return store.index.maintenance();
    }

    private IndexMaintenance smallBatches(int size) {
        return smallBatches(store.anotherIndex(), size);
    }

    private static IndexMaintenance smallBatches(JdbcEventIndexBuilder builder, int size) {
        builder.batchSize = size;
        return builder.build().maintenance();
    }

    private IndexMaintenance failingAfter(int statements) {
        JdbcEventIndexBuilder builder = store.anotherIndex();
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        ConnectionProvider connections = builder.connectionProvider();
        builder.connectionProvider(() -> failing(connections.getConnection(), left));
        IndexMaintenance maintenance = smallBatches(builder, 10);
        left.set(statements);
        return maintenance;
    }

    private static Connection failing(Connection connection, AtomicInteger left) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("prepareStatement") && left.getAndDecrement() <= 0) {
                        throw new SQLException("the connection is gone", "08006");
                    }
                    try {
                        return called.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
