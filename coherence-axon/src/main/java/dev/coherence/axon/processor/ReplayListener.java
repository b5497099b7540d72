package dev.coherence.axon.processor;

/**
 * Is told of the replays of this node. Each window is told once for each segment that this node holds: {@link #opened}, any
 * number of times {@link #progressed}, and {@link #closed} or {@link #left}, unless the node is stopped before.
 *
 * <p>Called after the commit of the transaction that stored the token which says so, and never for work that is rolled back;
 * in a thread of the processor, which waits, and so at the same time for several segments. What a listener writes is not in
 * that transaction. An exception is logged, and does no harm.
 *
 * <p>A pooled processor stores a token that moves past nothing to be handled only with its next batch, or when it extends its
 * claim (after {@code claimExtensionThreshold}, by default 5 seconds). So {@code closed} may come as late as that, and the
 * calls of a segment without an affected aggregate may all come then.
 */
public interface ReplayListener {

    /** The segment has a window open: it has passed the first aggregate of it, or has come here with an open window. */
    default void opened(WindowProgress window) {}

    /**
     * The segment has replayed aggregates.
     *
     * @param window all that has been replayed in the window so far, this included
     * @param replayed what has been replayed in the transaction that was committed, at least one aggregate
     */
    default void progressed(WindowProgress window, Replayed replayed) {}

    /** The segment has done all effects of the window. */
    default void closed(WindowProgress window) {}

    /** This node no longer follows the window: another one has the segment now, or it was reset or merged. */
    default void left(WindowProgress window) {}
}
