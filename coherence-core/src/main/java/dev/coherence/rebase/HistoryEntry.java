package dev.coherence.rebase;

import dev.coherence.action.Change;
import dev.coherence.log.Draft;
import dev.coherence.value.WellFormed;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;

/**
 * One event of a history that is to be laid on a base.
 *
 * @param change what happens
 * @param timestamp when it happened; the time of the rebase if empty
 * @param source where it comes from; the default source if empty
 */
record HistoryEntry(Change change, Optional<Instant> timestamp, Optional<String> source) {

    /**
     * Refuses what no event can have.
     *
     * @throws dev.coherence.value.InvalidInputException naming the component
     */
    HistoryEntry {
        WellFormed.present("timestamp", timestamp);
        WellFormed.present("source", source);
        Draft unused = complete(change, timestamp.orElse(Instant.EPOCH), source.orElse("default"));
    }

    /** The draft for this entry, nothing merged. */
    Draft draft(Instant now, String defaultSource) {
        return complete(change, timestamp.orElse(now), source.orElse(defaultSource));
    }

    private static Draft complete(Change change, Instant timestamp, String source) {
        return new Draft(change, timestamp, source, Collections.emptySortedSet());
    }
}
