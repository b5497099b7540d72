package dev.coherence.axon;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coherence.Coherence;
import dev.coherence.CoherenceSettings;
import dev.coherence.action.Event;
import dev.coherence.action.Identity;
import dev.coherence.action.Path;
import dev.coherence.action.RecordedAction;
import dev.coherence.action.RecordedEffect;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.document.Document;
import dev.coherence.revision.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs write to one PostgreSQL; afterwards a sequential reading of the store judges every accepted action. */
class TwoProcessesTest {

    private static final int ACCEPTED_PER_THREAD = 25;

    @TempDir
    private java.nio.file.Path folder;

    /** What a process said it had accepted. */
    private record Accepted(long number, ConflictPolicy policy, Path path, Identity aggregate, Revision base) {}

    @Test
    void no_update_is_lost_and_no_write_is_skewed() throws Exception {
        try (TestStore store = Engine.POSTGRES_JDBC.open()) {
            String url = store.database().getJdbcUrl();
            List<Process> processes = List.of(start(url, 1), start(url, 2));
            for (Process process : processes) {
                assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue())
                        .as("%s", Files.readString(folder.resolve("error")))
                        .isZero();
            }
            Coherence coherence = Coherence.over(store.log, CoherenceSettings.withSource("judge"));
            List<Accepted> accepted = accepted();
            assertThat(accepted).hasSize(2 * 4 * ACCEPTED_PER_THREAD);
            for (int i = 0; i < WriterProcess.AGGREGATES; i++) {
                judge(coherence, Identity.of(WriterProcess.KIND, "c" + i), accepted);
            }
        }
    }

    private static void judge(Coherence coherence, Identity aggregate, List<Accepted> accepted) {
        List<Event> events = coherence.conflicts(Revision.at(0), aggregate);
        List<RecordedAction> actions = events.stream()
                .filter(RecordedAction.class::isInstance)
                .map(RecordedAction.class::cast)
                .toList();
        List<Accepted> ours =
                accepted.stream().filter(a -> a.aggregate().equals(aggregate)).toList();

        assertThat(ours).hasSameSizeAs(actions);
        assertThat(actions)
                .extracting(RecordedAction::version)
                .containsExactlyElementsOf(
                        LongStream.range(0, actions.size()).boxed().toList());
        Document state = coherence.state(aggregate).document();
        ours.stream()
                .collect(groupingBy(Accepted::path, counting()))
                .forEach((path, count) -> assertThat(
                                state.get(path).orElseThrow().toJava())
                        .as("each count at %s was based on the one before", path)
                        .isEqualTo(count));
        for (Accepted one : ours) {
            assertThat(overlooked(one, events))
                    .as("changes before %d that its base %s had not seen", one.number(), one.base())
                    .isEmpty();
        }
    }

    /** Changes that were stored before the accepted action, and that its writer had not read. */
    private static Stream<Event> overlooked(Accepted accepted, List<Event> events) {
        return events.stream()
                .filter(event -> event.sequenceNumber() < accepted.number())
                .filter(event -> !accepted.base().sees(event))
                .filter(event -> event.fold(
                        action -> accepted.policy() == ConflictPolicy.STRICT
                                || action.action().patch().paths().contains(accepted.path()),
                        effect -> wasLinked(effect, accepted, events)));
    }

    private static boolean wasLinked(RecordedEffect effect, Accepted accepted, List<Event> events) {
        return events.stream()
                .filter(event -> event.sequenceNumber() < accepted.number())
                .anyMatch(event -> event.fold(
                        action -> action.action()
                                .triggers()
                                .contains(effect.effect().trigger()),
                        other -> false));
    }

    private Process start(String url, int seed) throws IOException {
        return new ProcessBuilder(
                        java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterProcess.class.getName(),
                        url,
                        Integer.toString(seed),
                        Integer.toString(ACCEPTED_PER_THREAD))
                .redirectOutput(folder.resolve("output-" + seed).toFile())
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("error").toFile()))
                .start();
    }

    private List<Accepted> accepted() throws IOException {
        List<Accepted> accepted = new ArrayList<>();
        for (int seed : new int[] {1, 2}) {
            for (String line : Files.readAllLines(folder.resolve("output-" + seed))) {
                String[] parts = line.split(" ", 5);
                accepted.add(new Accepted(
                        Long.parseLong(parts[0]),
                        ConflictPolicy.valueOf(parts[1]),
                        Path.parse(parts[2]),
                        Identity.of(WriterProcess.KIND, parts[3]),
                        Revision.parse(parts[4])));
            }
        }
        return accepted;
    }
}
