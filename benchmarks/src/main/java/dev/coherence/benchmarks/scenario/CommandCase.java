package dev.coherence.benchmarks.scenario;

import dev.coherence.benchmarks.application.Application;
import dev.coherence.benchmarks.application.Database;
import dev.coherence.conflict.ConflictPolicy;
import dev.coherence.revision.Revision;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One side of the scenario {@link CommandOverhead}: what its application is like, and what its commands say. */
enum CommandCase {
    PLAIN_AXON("plain Axon"),
    NO_REVISION("coherence, no revision"),
    VERSION("coherence, current version without position"),
    CURRENT("coherence, current revision"),
    STALE("coherence, stale by 10 disjoint events (merge)"),
    LINKED("coherence, linked to 5 triggers");

    private static final int TRIGGERS_PER_BOOK = 5;
    private static final int TRIGGERS = 1_000;

    private final String description;

    CommandCase(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    /** Starts the application on an empty database. */
    Application start(Database database) {
        return switch (this) {
            case PLAIN_AXON -> Application.plainAxon(database);
            case NO_REVISION, VERSION, CURRENT, LINKED -> Application.withCoherence(database, ConflictPolicy.STRICT);
            case STALE -> Application.withCoherence(database, ConflictPolicy.MERGE);
        };
    }

    /**
     * What the sender of a command says to have read; null if this is no case in which senders say so.
     *
     * @param version of the book, inclusive
     * @param position of the event store, inclusive
     */
    @Nullable
    Revision base(long version, long position) {
        return switch (this) {
            case PLAIN_AXON, NO_REVISION -> null;
            case VERSION -> Revision.ofVersion(version);
            case CURRENT, STALE, LINKED -> Revision.of(version, position);
        };
    }

    /** By how many events of the book the senders of measured commands are behind. */
    int staleBy() {
        return this == STALE ? 10 : 0;
    }

    /** The triggers that a book is linked to: of a thousand, so that commands seldom meet at one. */
    List<String> triggers(int book) {
        return this == LINKED
                ? IntStream.range(0, TRIGGERS_PER_BOOK)
                        .mapToObj(i -> "key-" + (book * TRIGGERS_PER_BOOK + i) % TRIGGERS)
                        .toList()
                : List.of();
    }
}
