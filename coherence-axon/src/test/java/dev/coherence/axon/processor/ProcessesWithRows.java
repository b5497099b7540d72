package dev.coherence.axon.processor;

import dev.coherence.axon.TestStore;
import dev.coherence.axon.TestStore.Engine;
import dev.coherence.axon.processor.ReplayApplication.Kind;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@link ShelfProcess}es on one PostgreSQL, on which the test appends what they handle. */
abstract class ProcessesWithRows {

    final TestStore store = Engine.POSTGRES_JDBC.open();
    final Library library = new Library(store);
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void create() {
        ShelfRows.create(store.database());
        store.createTokenTable();
    }

    @AfterEach
    void close() {
        started.forEach(Process::destroyForcibly);
        store.close();
    }

    Process start(String node, Kind kind, int segments, int megabytes) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + megabytes + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShelfProcess.class.getName(),
                        store.database().getJdbcUrl(),
                        node,
                        kind.name(),
                        Integer.toString(segments))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.appendTo(log()))
                .start();
        started.add(process);
        return process;
    }

    private File log() {
        return folder.resolve("errors").toFile();
    }

    /** All that the processes have reported until now. */
    String errors() throws IOException {
        return log().exists() ? Files.readString(log().toPath()) : "";
    }
}
