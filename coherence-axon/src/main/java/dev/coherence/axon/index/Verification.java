package dev.coherence.axon.index;

import java.util.List;

/**
 * How index and events compare.
 *
 * @param finished whether all was compared; false if the call was ended early
 * @param eventsRead how many events were read
 * @param rowsRead how many rows of the index were read
 * @param missing how many links, effects and requests are in events, but not in the index; if there are more than 100,000 links
 *     among what is missing or wrong, some are counted several times
 * @param wrong how many rows say something else than the events
 * @param superfluous how many rows there are that no event gives a reason for, such as those of aggregates that were deleted. They
 *     do no harm but conflicts and replays that need not be; no build deletes them
 * @param discrepancies the first {@value BuildResult#MAX_NAMED} of these
 * @param unreadable how many events could not be read; nothing is said about their rows
 * @param unreadableEvents the first {@value BuildResult#MAX_NAMED} of these
 */
public record Verification(
        boolean finished,
        long eventsRead,
        long rowsRead,
        long missing,
        long wrong,
        long superfluous,
        List<Discrepancy> discrepancies,
        long unreadable,
        List<UnreadableEvent> unreadableEvents) {

    /** Refuses null. */
    public Verification {
        discrepancies = List.copyOf(discrepancies);
        unreadableEvents = List.copyOf(unreadableEvents);
    }

    /** Whether all was compared, all events were readable, and index and events say the same. */
    public boolean isFaultless() {
        return finished && missing + wrong + superfluous + unreadable == 0;
    }
}
