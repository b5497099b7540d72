package dev.coherence.axon.guard;

import dev.coherence.action.Identity;
import dev.coherence.axon.command.CommandIntent;
import dev.coherence.revision.Revision;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A command with a revision while it is handled, with the commands that its handler sends on without one of their own. For
 * one unit of work, one thread.
 */
final class CommandContext {

    private final String id;
    private final CommandIntent intent;
    private final Revision base;
    private final ConflictSearch search;
    private final SortedSet<Long> marked = new TreeSet<>();
    private final SortedSet<Identity> changed = new TreeSet<>();
    private final Map<Identity, Unseen> unseen = new HashMap<>();
    private boolean ranInExisting;

    CommandContext(String id, CommandIntent intent, Revision base, ConflictSearch search) {
        this.id = id;
        this.intent = intent;
        this.base = base;
        this.search = search;
    }

    /** What the events that the command causes are tagged with. */
    String id() {
        return id;
    }

    CommandIntent intent() {
        return intent;
    }

    Revision base() {
        return base;
    }

    ConflictSearch search() {
        return search;
    }

    /**
     * What of the base says something about the aggregate: of one that does not exist yet, the position only.
     *
     * @param firstVersion the version of the first event that the command causes in it
     */
    Optional<Revision> baseOf(long firstVersion) {
        if (firstVersion > 0 || base.version().isEmpty()) {
            return Optional.of(base);
        }
        return base.position().isPresent() ? Optional.of(base.withoutVersion()) : Optional.empty();
    }

    /** A handler of an aggregate that exists already runs for the command, or for a part of it. */
    void runsInExisting() {
        ranInExisting = true;
    }

    boolean ranInExisting() {
        return ranInExisting;
    }

    void mark(long number) {
        marked.add(number);
    }

    /** The numbers that the handler marked as resolved. */
    SortedSet<Long> marked() {
        return marked;
    }

    /** The aggregates that existed before and that the command has changed. */
    SortedSet<Identity> changed() {
        return changed;
    }

    /** What the guard found for each aggregate; it stays true until the end of the transaction. */
    Map<Identity, Unseen> unseen() {
        return unseen;
    }
}
