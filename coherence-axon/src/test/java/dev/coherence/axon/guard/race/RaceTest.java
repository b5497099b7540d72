package dev.coherence.axon.guard.race;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.coherence.action.Identity;
import dev.coherence.axon.TestDatabases;
import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.guard.race.Findings.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two JVMs send commands to one PostgreSQL; afterwards a sequential reading of the event table judges every one of them. What
 * they sent and what was stored is left in {@code target/race}, since a seed decides what is sent, but not who is first.
 */
class RaceTest {

    private static final int PROCESSES = 2;

    /** What each writer sets out to do; with further tries it comes to twice as many commands. */
    private static final int INTENTIONS = Integer.getInteger("coherence.race.intentions", 200);

    private static final long SEED = Long.getLong("coherence.race.seed", new Random().nextInt(1_000_000));

    private final Path folder = Path.of("target", "race");

    @BeforeEach
    void empty() throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("errors"));
    }

    @Test
    void nothing_is_overwritten_unseen_and_nothing_is_refused_without_cause() throws Exception {
        try (TestStore store = Engine.POSTGRES_JDBC.open()) {
            race(store.database().getJdbcUrl());
            List<Stored> events = Stored.all(store.database(), RaceApplication.serializer());
            Files.write(
                    folder.resolve("events"),
                    events.stream().map(Stored::toString).toList());
            Model model = new Model(events);
            Findings findings = Judge.judge(model, attempts());

            assertThat(findings.complaints).as("seed %d", SEED).isEmpty();
            assertThat(findings.tally)
                    .as("seed %d: a race that shows something", SEED)
                    .containsOnlyKeys(Kind.values());
            checkLinks(model, store.database());
            checkStates(model, store.database().getJdbcUrl());
        }
    }

    private void race(String url) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        for (int i = 1; i <= PROCESSES; i++) {
            processes.add(start(url, i));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("seed %d", SEED).isTrue();
            assertThat(process.exitValue())
                    .as("seed %d: %s", SEED, Files.readString(folder.resolve("errors")))
                    .isZero();
        }
    }

    private Process start(String url, int process) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1", // it ends before more would pay
                        "-cp",
                        System.getProperty("java.class.path"),
                        RaceProcess.class.getName(),
                        url,
                        Long.toString(SEED),
                        Integer.toString(process),
                        Integer.toString(INTENTIONS))
                .redirectOutput(folder.resolve("attempts-" + process).toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
    }

    private List<Attempt> attempts() throws IOException {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 1; i <= PROCESSES; i++) {
            for (String line : Files.readAllLines(folder.resolve("attempts-" + i))) {
                attempts.add(Attempt.parse(line));
            }
        }
        return attempts;
    }

    private static void checkLinks(Model model, HikariDataSource database) throws SQLException {
        TreeSet<String> expected = new TreeSet<>();
        for (Target target : model.targets()) {
            model.links(target, Long.MAX_VALUE)
                    .forEach((trigger, number) -> expected.add(target.id() + " " + trigger + " " + number));
        }
        TreeSet<String> found = new TreeSet<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT aggregate_identifier, trigger_name, sequence_number FROM coherence_link")) {
            while (rows.next()) {
                found.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getLong(3));
            }
        }
        assertThat(found).as("seed %d: links", SEED).isEqualTo(expected);
    }

    private static void checkStates(Model model, String url) {
        try (RaceApplication application = RaceApplication.start(TestDatabases.postgres(url), "judge")) {
            for (Target target : model.targets()) {
                String expected = model.content(target, Long.MAX_VALUE).toString();
                assertThat(application
                                .coherence
                                .state(Identity.parse(target.toString()))
                                .document()
                                .toString())
                        .as("seed %d: document of %s", SEED, target)
                        .isEqualTo(expected);
                assertThat(DefaultUnitOfWork.startAndGet(GenericCommandMessage.asCommandMessage("look"))
                                .executeWithResult(() -> application.content(target))
                                .getPayload())
                        .as("seed %d: aggregate %s", SEED, target)
                        .isEqualTo(expected);
            }
        }
    }
}
