package dev.coherence.axon.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.action.Action;
import dev.coherence.action.Identity;
import dev.coherence.action.Patch;
import dev.coherence.axon.AxonEventLog;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.index.EventIndex;
import dev.coherence.log.CommitResult;
import dev.coherence.log.Draft;
import dev.coherence.log.EventLog;
import dev.coherence.log.Scope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Somebody else writes the very row of the index that we are writing, and commits while our insert waits for him. It can only be one
 * who builds the index.
 */
class DuplicateLinkTest {

    private static final Action LINKING = new Action(
            "link",
            Identity.of("user", "bob"),
            Identity.of("book", "1"),
            Patch.builder().assoc("a", 1).build(),
            new TreeSet<>(List.of(Identity.of("key", "1"))));

    private CompletableFuture<Void> othersCommit = new CompletableFuture<>();

    @Test
    void on_PostgreSQL_his_row_stays() {
        assertThat(resultOn(Engine.POSTGRES_JDBC)).isInstanceOf(CommitResult.Committed.class);
    }

    @Test
    void on_H2_the_append_has_lost_a_race() {
        assertThat(resultOn(Engine.H2_JDBC)).isInstanceOf(CommitResult.Lost.class);
    }

    private CommitResult resultOn(Engine engine) {
        try (TestStore store = engine.open()) {
            store.log.close(); // records no more
            AxonEventLog log = AxonEventLog.builder()
                    .eventStore(store.eventStore)
                    .transactionManager(store.transactions)
                    .index(indexWhere(store, () -> linkMeanwhile(store)))
                    .build();
            CommitResult result;
            try (EventLog.Transaction transaction = log.begin(Scope.of(List.of(LINKING)))) {
                result = transaction.append(List.of(new Draft(LINKING, Instant.EPOCH, "test", new TreeSet<>())));
            }

            othersCommit.join();
            assertThat(store.index.lastNumber()).isEqualTo(result instanceof CommitResult.Committed ? 1 : 0);
            return result;
        }
    }

    /** Inserts the link, and commits when our insert has had time to run into it. */
    private void linkMeanwhile(TestStore store) {
        try {
            Connection connection = store.database().getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO coherence_link VALUES ('book:1', 'key:1', 1, 1, 'book')");
            }
            othersCommit = CompletableFuture.runAsync(
                    () -> {
                        try (connection) {
                            connection.commit();
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EventIndex indexWhere(TestStore store, Runnable beforeRecord) {
        return (EventIndex) Proxy.newProxyInstance(
                EventIndex.class.getClassLoader(), new Class<?>[] {EventIndex.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("record")) {
                        beforeRecord.run();
                    }
                    try {
                        return called.invoke(store.index, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
