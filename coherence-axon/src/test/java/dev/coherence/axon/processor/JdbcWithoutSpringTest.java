package dev.coherence.axon.processor;

import static dev.coherence.axon.processor.ReplayApplication.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.annotation.ReplayOnEffect;
import dev.coherence.axon.event.PatchApplied;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.messaging.annotation.SourceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Axon's own JDBC connections are committed with the unit of work that first asked for them, which must be the batch. */
class JdbcWithoutSpringTest {

    @ReplayOnEffect(withoutReset = true)
    static final class Rows {

        private final ConnectionProvider connections;

        Rows(ConnectionProvider connections) {
            this.connections = connections;
        }

        @EventHandler
        void on(PatchApplied event, @SourceId String book, ReplayStatus status) throws SQLException {
            Connection connection = connections.getConnection();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO handled VALUES (?, ?)")) {
                insert.setString(1, book);
                insert.setString(2, status.name());
                insert.executeUpdate();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_all_events_of_a_replay_have_written_is_committed(Kind kind) {
        try (TestStore store = TestStore.Engine.H2_JDBC_WITHOUT_SPRING.open()) {
            TestDatabases.execute(store.database(), "CREATE TABLE handled (book VARCHAR(100), status VARCHAR(20))");
            ConnectionProvider connections =
                    new UnitOfWorkAwareConnectionProviderWrapper(new DataSourceConnectionProvider(store.database()));
            Library library = new Library(store);
            try (var application = ReplayApplication.over(store)
                    .kind(kind)
                    .handlers(new Rows(connections))
                    .start()) {
                for (String title : List.of("1", "2", "3")) {
                    for (String book : List.of("a", "b", "c")) {
                        application.awaitRest("Rows", library.revise(book, title, "k"));
                    }
                }
                library.expire("k");

                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(ShelfRows.count(store.database(), "handled WHERE status = 'REPLAY'"))
                                        .isEqualTo(9));
            }
        }
    }
}
