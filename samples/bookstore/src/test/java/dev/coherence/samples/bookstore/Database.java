package dev.coherence.samples.bookstore;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The databases of the tests. The bookstore is started once on each, and stopped when the tests' JVM ends. */
enum Database {
    H2 {
        @Override
        RunningBookstore start() throws IOException {
            Path data = Files.createTempDirectory(Path.of("target"), "bookstore-data");
            return RunningBookstore.start("--bookstore.data=./" + data);
        }
    },
    POSTGRESQL {
        @Override
        RunningBookstore start() throws IOException {
            return RunningBookstore.startOn(EmbeddedPostgres.builder().start());
        }
    };

    private static final Map<Database, CompletableFuture<RunningBookstore>> RUNNING = new ConcurrentHashMap<>();

    abstract RunningBookstore start() throws IOException;

    /** A client of the bookstore that runs on this database. If it could not be started, that is not tried again. */
    Client client() {
        return RUNNING.computeIfAbsent(this, database -> CompletableFuture.supplyAsync(database::started))
                .join()
                .client();
    }

    private RunningBookstore started() {
        try {
            return start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
