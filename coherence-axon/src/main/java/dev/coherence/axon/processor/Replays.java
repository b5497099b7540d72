package dev.coherence.axon.processor;

import java.util.List;
import org.axonframework.common.Registration;

/**
 * What this node knows of the replays of its processors. Thread-safe.
 *
 * <p>It tells what is stored: progress that is rolled back is never told. Only that something is pending is told as soon as a
 * segment is about to replay an aggregate, even if that fails. Segments that only other nodes have held are not
 * known here; the nodes together know all.
 */
public interface Replays {

    /**
     * Returns what the segments of this node stand at, by processor and segment; empty before processors have started.
     *
     * <p>Reads no token. Aggregates and effects are counted in the index, in the caller's transaction if there is one: for a
     * segment with an open window, {@link dev.coherence.axon.index.ReplayIndex#countAffected} each time, which takes the
     * longer the more aggregates are left, and once for each window that and {@code countCauses}. So ask every second or so,
     * and not at each event. For idle segments nothing is counted.
     */
    List<ReplayProgress> progress();

    /** Has a listener told, until it is cancelled, of what comes. */
    Registration listen(ReplayListener listener);
}
