package dev.coherence.axon.index;

/**
 * Builds the link index of an event store that is older than the index, or whose event classes have got more links; and compares
 * index and events. All of it runs while others append.
 *
 * <p>Appends store their own links. A build adds what is missing for older events, read in their order, and corrects rows that
 * say something else than the events; it never deletes a row. It is found in the database how far it is: a build that was
 * ended, however, is continued by the next call on any node, and nodes that build at once share the work.
 *
 * <p>Complete means: for each event that was visible when the build began, and for each one that this version of the
 * application has appended. <b>What a node without coherence, or with older event classes, appends after that is missing.</b>
 * So build when the last such node is gone, or once more then.
 *
 * <p>A call runs on the thread of the caller until it is done, in transactions of its own; a call within a unit of work is
 * refused, and one within a transaction of Spring's would hold locks until that ends. Thread-safe.
 */
public interface IndexMaintenance {

    /** Returns how far the index is, as the database says now. */
    IndexState state();

    /**
     * Builds what is not built yet; does nothing if the index is complete.
     *
     * @param listener hears of the progress, and may end the call early
     * @throws IllegalStateException within a unit of work
     * @throws dev.coherence.log.ConcurrentAppendException if others were in the way again and again; the next call goes on
     */
    BuildResult build(BuildListener listener);

    /**
     * Builds from the first event on, for instance after {@code @LinkedTo} was added to a class. A build of another node is
     * superseded, and ends; until this one is done the index counts as incomplete.
     *
     * @param listener hears of the progress, and may end the call early; {@link #build} then goes on
     * @throws IllegalStateException within a unit of work
     * @throws dev.coherence.log.ConcurrentAppendException if others were in the way again and again; {@link #build} then goes on
     */
    BuildResult rebuild(BuildListener listener);

    /**
     * Compares all rows with all events that were visible when the call began, and changes nothing.
     *
     * @param listener hears of the progress, and may end the call early
     * @throws IllegalStateException within a unit of work
     */
    Verification verify(BuildListener listener);
}
