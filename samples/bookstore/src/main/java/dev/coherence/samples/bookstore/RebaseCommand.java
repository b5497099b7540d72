package dev.coherence.samples.bookstore;

import dev.coherence.action.Change;
import dev.coherence.revision.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a client asks for with {@code POST /api/rebase}. */
record RebaseCommand(Revision base, List<Entry> history, Set<Long> resolved, boolean dryRun) {

    /** An action or effect to append. Without a timestamp it is now, without a source it is this application's. */
    record Entry(Change change, Optional<Instant> timestamp, Optional<String> source) {}
}
