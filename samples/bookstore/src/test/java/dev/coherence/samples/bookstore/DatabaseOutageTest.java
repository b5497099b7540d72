package dev.coherence.samples.bookstore;

import static dev.coherence.samples.bookstore.Client.unique;
import static dev.coherence.samples.bookstore.Requests.action;
import static dev.coherence.samples.bookstore.Requests.rebase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coherence.samples.bookstore.Client.Answer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away and comes back under a running bookstore. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseOutageTest {

    private final int port = freePort();
    private Path data;
    private EmbeddedPostgres postgres;
    private RunningBookstore bookstore;
    private Client client;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws IOException {
        data = folder.resolve("data");
        postgres = startPostgres();
        bookstore = RunningBookstore.startOn(postgres);
        client = bookstore.client();
    }

    @AfterAll
    void stop() throws IOException {
        bookstore.close();
        postgres.close();
    }

    /** Connections from before a restart are broken. The pool notices it unless it used them just now. */
    @BeforeEach
    void wait_until_it_works() throws InterruptedException {
        while (client.get("/api/sequence-number").status() != 200) {
            Thread.sleep(100);
        }
    }

    private EmbeddedPostgres startPostgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    @Test
    void is_answered_with_503_and_everything_works_again_once_the_database_is_back() throws Exception {
        String book = unique("Neuromancer");
        client.rebase(rebase("@0", action(book, "'a':1"))).isOk();
        long before = client.sequenceNumber();

        postgres.close();
        Answer refused = client.rebase(rebase("@" + before, action(book, "'a':2")));
        List<Answer> reads = List.of(
                client.get("/api/events"),
                client.get("/api/conflicts?base=@0&aggregate=book:" + book),
                client.get("/api/sequence-number"),
                client.get("/api/aggregates/book/" + book));
        postgres = startPostgres();

        refused.isProblem(503);
        assertThat(refused.text()).doesNotContainIgnoringCase("postgres", "jdbc", "sql", "connection", "hikari");
        reads.forEach(answer -> answer.isProblem(503));
        wait_until_it_works();
        assertThat(client.sequenceNumber()).isEqualTo(before);
        client.rebase(rebase("@" + before, action(book, "'a':3"))).isOk();
        assertThat(client.get("/api/aggregates/book/" + book).isOk().text()).isEqualTo("{\"state\":{\"a\":3}}");
    }

    @Test
    void in_the_middle_of_a_rebase_stores_nothing() throws Exception {
        String book = unique("Neuromancer");
        String base = client.head();
        long before = client.sequenceNumber();

        CompletableFuture<Answer> waiting;
        try (Connection other = postgres.getPostgresDatabase().getConnection()) {
            other.setAutoCommit(false);
            // Appends wait, and reads do not: else the processor of the catalogue would wait as well.
            execute(other, "lock table domainevententry in share row exclusive mode");
            waiting = CompletableFuture.supplyAsync(() -> client.rebase(rebase(base, action(book, "'a':1"))));
            waitUntilSomeoneWaits(other);
            killAllOthers(other);
        }

        waiting.get().isProblem(503);
        wait_until_it_works();
        assertThat(client.sequenceNumber()).isEqualTo(before);
        client.rebase(rebase(base, action(book, "'a':1"))).isOk();
    }

    @Test
    void in_the_middle_of_a_read_breaks_it_off_instead_of_ending_it() throws Exception {
        for (int i = 0; i < 40; i++) {
            client.rebase(rebase("@0", nearlyAMegabyte())).isOk();
        }

        try (InputStream lines = client.stream("/api/events", "Accept", "application/x-ndjson")) {
            lines.readNBytes(100);
            postgres.close();
            assertThatThrownBy(lines::readAllBytes).isInstanceOf(IOException.class);
        } finally {
            postgres = startPostgres();
        }
    }

    @Test
    void is_not_what_a_refused_statement_is_taken_for() throws Exception {
        Answer answer;
        try (Connection other = postgres.getPostgresDatabase().getConnection()) {
            execute(other, "alter table domainevententry rename to hidden");
            answer = client.get("/api/events");
            execute(other, "alter table hidden rename to domainevententry");
        }

        answer.isProblem(500);
        assertThat(answer.text()).doesNotContainIgnoringCase("domainevententry", "sql", "relation");
        client.get("/api/events?kind=none").isOk();
    }

    private static String nearlyAMegabyte() {
        return IntStream.range(0, 15)
                .mapToObj(i -> action(unique("Neuromancer"), "'a':'" + "x".repeat(60_000) + "'"))
                .collect(Collectors.joining(","));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void waitUntilSomeoneWaits(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            for (int waiting = 0; waiting == 0; Thread.sleep(20)) {
                var result = statement.executeQuery("select count(*) from pg_locks where not granted");
                result.next();
                waiting = result.getInt(1);
            }
        }
    }

    private static void killAllOthers(Connection connection) throws SQLException {
        execute(
                connection,
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where pid <> pg_backend_pid() and backend_type = 'client backend'");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
