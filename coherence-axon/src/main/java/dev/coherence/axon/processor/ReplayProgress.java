package dev.coherence.axon.processor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a segment of this node stands at, as its last stored token says. Only that something is pending may be known before, from
 * what the segment has read.
 *
 * @param processor name of the processor
 * @param groups the processing groups of the processor that take part in replays
 * @param segment number of the segment
 * @param claimed whether this node holds the segment. A processor lets it go after an error, and when it is stopped; then the
 *     last state that is known stays here, until the segment is claimed again or another node has it
 * @param position up to where the segment has handled live events, inclusive: what all its parts have, since its reset if it
 *     is in one; empty before the first event
 * @param window the window that is open, if one is
 * @param effectsBehind how many effects and requests the segment has passed as live events that belong to no window yet: all
 *     that are pending while no window is open. Some of them may affect no aggregate. What the segment has not read yet is
 *     not counted
 * @param pendingSince since when something has been pending, as far as this node knows: when it first saw it, or claimed the
 *     segment; for what a window has left behind, when this window was opened, which is somewhat too early. It is there
 *     also if no batch of the segment has come so far yet, as each of them fails. Empty if nothing is pending
 * @param sinceAdvance how long ago replays of the segment last advanced, or something became pending, as far as this node
 *     knows, not affected by changes of the clock; zero if nothing is pending
 */
public record ReplayProgress(
        String processor,
        Set<String> groups,
        int segment,
        boolean claimed,
        OptionalLong position,
        Optional<OpenWindow> window,
        long effectsBehind,
        Optional<Instant> pendingSince,
        Duration sinceAdvance) {

    /** Copies the groups; refuses null. */
    public ReplayProgress {
        requireNonNull(processor, "processor");
        groups = Set.copyOf(groups);
        requireNonNull(position, "position");
        requireNonNull(window, "window");
        requireNonNull(pendingSince, "pendingSince");
        requireNonNull(sinceAdvance, "sinceAdvance");
    }

    /**
     * A window that a segment has open. All segments of a processor open it by themselves, and the numbers of aggregates are
     * those of the window, whichever segment they belong to: which of them are the segment's is known to the sequencing
     * policy only.
     *
     * <p>The time to the end may be estimated as {@code (aggregates - done) / (done - doneBefore)} of the {@linkplain
     * WindowProgress#duration() duration}.
     *
     * @param progress what this segment has done on this node
     * @param aggregates how many aggregates are affected by the effects of the window
     * @param done how many of them the segment has passed, its own being replayed; not more than {@code aggregates}
     * @param doneBefore how many of these had been passed when this node took the window over; 0 if it was opened here
     * @param effects how many effects and requests are in the window; some of them may affect no aggregate
     */
    public record OpenWindow(WindowProgress progress, long aggregates, long done, long doneBefore, long effects) {

        /** Refuses null. */
        public OpenWindow {
            requireNonNull(progress, "progress");
        }
    }

    /** Whether something is to be replayed. */
    public boolean isPending() {
        return pendingSince.isPresent();
    }
}
