package dev.coherence.axon.processor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What a segment of this node has done in a window. A window is a set of effects and requests that are replayed together.
 *
 * @param processor name of the processor
 * @param segment number of the segment
 * @param takenOver whether this node has found the window open in the token of the segment, as left there by another node, or
 *     by this one before a restart, a split or a merge
 * @param since when this node read the first aggregate of the window, or found the window open
 * @param duration for how long the window has been open on this node, not affected by changes of the clock
 * @param replayed what this segment has replayed since then; of a window that was taken over, less than all
 */
public record WindowProgress(
        String processor, int segment, boolean takenOver, Instant since, Duration duration, Replayed replayed) {

    /** Refuses null. */
    public WindowProgress {
        requireNonNull(processor, "processor");
        requireNonNull(since, "since");
        requireNonNull(duration, "duration");
        requireNonNull(replayed, "replayed");
    }

    /** Aggregates of this segment for each second of {@link #duration}; empty as long as none was replayed. */
    public OptionalDouble aggregatesPerSecond() {
        return perSecond(replayed.aggregates());
    }

    /** Events of this segment for each second of {@link #duration}; empty as long as no aggregate was replayed. */
    public OptionalDouble eventsPerSecond() {
        return perSecond(replayed.events());
    }

    private OptionalDouble perSecond(long count) {
        return replayed.aggregates() == 0 || duration.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of(count * 1e9 / duration.toNanos());
    }
}
