package dev.coherence.axon.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.axon.TestDatabases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away in the middle of a replay: it ends all connections, and takes no new ones for a while. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"TRACKING_ON_POSTGRES", "POOLED_ON_POSTGRES_WITH_JPA"})
class DatabaseOutageTest extends NodesWithRows {

    private static final int BOOKS = 600;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private HikariDataSource server;
    private String name;
    private Connection holder;

    @BeforeEach
    void connectToServer() {
        String url = store.database().getJdbcUrl();
        name = url.replaceAll(".*/|\\?.*", "");
        server = TestDatabases.postgres(url.replace("/" + name, "/postgres"));
    }

    @AfterEach
    void leaveServer() throws SQLException {
        if (holder != null) {
            holder.close();
        }
        comeBack();
        server.close();
    }

    @Test
    void in_mid_window_and_comes_back() throws Exception {
        library.reviseAll(IntStream.range(0, BOOKS), book -> "k");
        try (var application = node().segments(2).batchSize(5).start()) {
            awaitRight();
            ShelfRows.changeWorld(store.database());
            holdUp("book:" + BOOKS / 2);
            library.expire("k");
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> resets() > BOOKS / 10);
            library.reviseAll(IntStream.range(0, BOOKS), book -> "other");
            assertThat(resets()).as("the window is open").isLessThan(BOOKS);

            goAway();
            Thread.sleep(1_500); // the processor has noticed, and waits until it gets connections again
            comeBack();
            library.reviseAll(IntStream.range(0, BOOKS / 10), book -> "other");

            awaitRight();
            ShelfRows.awaitPlainTokens(store.database());
            assertThat(ShelfRows.countWrong(store.database())).isZero();
            assertThat(resets()).as("each book is replayed once").isEqualTo(BOOKS);
            assertThat(application.processor("shelf").isRunning()).isTrue();
        }
    }

    /** Lets the replay of the book wait until the database goes away. */
    private void holdUp(String book) throws SQLException {
        holder = DriverManager.getConnection(store.database().getJdbcUrl(), "postgres", "");
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT 1 FROM shelf WHERE book = '" + book + "' FOR UPDATE");
        }
    }

    private void goAway() {
        TestDatabases.execute(server, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
        TestDatabases.execute(
                server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    /** Connections that died while nobody used them are not for the writer: it is not what recovers here. */
    private void comeBack() {
        TestDatabases.execute(server, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
        store.database().getHikariPoolMXBean().softEvictConnections();
    }

    private long resets() {
        return ShelfRows.count(store.database(), "reset");
    }

    private void awaitRight() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(
                        () -> assertThat(ShelfRows.countWrong(store.database())).isZero());
    }
}
