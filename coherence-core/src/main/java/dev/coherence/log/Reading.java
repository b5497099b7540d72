package dev.coherence.log;

import dev.coherence.action.RecordedAction;
import dev.coherence.revision.Revision;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The actions that a {@linkplain EventLog#read query} selects, and up to where the log was read for it. Holds resources
 * of the log until it is closed; belongs to the thread that opened it.
 */
public final class Reading implements AutoCloseable {

    private final Revision revision;
    private final Stream<RecordedAction> actions;

    /**
     * For implementations of {@link EventLog}.
     *
     * @param revision the {@linkplain EventLog#head() head} of the log, read before any of the actions
     * @param actions the actions, without those that {@code revision} does not see; closing the stream releases
     *     whatever the reading holds, and may happen more than once
     */
    public Reading(Revision revision, Stream<RecordedAction> actions) {
        this.revision = Objects.requireNonNull(revision, "revision");
        this.actions = Objects.requireNonNull(actions, "actions");
    }

    /**
     * What was visible when the reading was opened, inclusive, gaps listed as unseen. Everything that the query selects
     * and this revision sees is delivered, nothing else; so it is a sound base, and the {@code after} of the next read.
     */
    public Revision revision() {
        return revision;
    }

    /** The selected actions in ascending order of numbers; lazy, can be consumed once. Closing it closes the reading. */
    public Stream<RecordedAction> actions() {
        return actions;
    }

    /** Releases what the reading holds; the actions can be read no more. Does nothing the second time. */
    @Override
    public void close() {
        actions.close();
    }
}
