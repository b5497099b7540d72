package dev.coherence.axon.token;

import dev.coherence.revision.NumberRange;
import dev.coherence.revision.Revision;
import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.jspecify.annotations.Nullable;

/**
 * Which positions a raw token of the event store has seen: as a revision, and one by one. All methods may be called by
 * several threads.
 */
public final class SeenPositions {

    private SeenPositions() {}

    /**
     * The positions as a revision without a version: it has seen the position of the token (inclusive) and all below, but
     * for its gaps, which it lists as unseen.
     *
     * @param raw a token as the event store gives it out; null has seen nothing
     * @return a revision; {@code at(0)} if no position from 1 on was seen
     * @throws IllegalArgumentException if the token wraps another one, or does not tell its positions
     */
    public static Revision of(@Nullable TrackingToken raw) {
        Revision upToPosition = Revision.at(Math.max(0, last(raw)));
        return raw instanceof GapAwareTrackingToken gapAware ? upToPosition.withUnseen(unseen(gapAware)) : upToPosition;
    }

    /**
     * Whether the token has seen the event at {@code position}. Not the same as covering a token that was made from the
     * position alone: such a token has no gaps, and a token with gaps before the position does not cover it.
     *
     * @param raw a token as the event store gives it out; null has seen nothing
     * @throws IllegalArgumentException if the token wraps another one, or does not tell its positions
     */
    public static boolean contains(@Nullable TrackingToken raw, long position) {
        return raw != null
                && position <= last(raw)
                && !(raw instanceof GapAwareTrackingToken gapAware
                        && gapAware.getGaps().contains(position));
    }

    private static List<NumberRange> unseen(GapAwareTrackingToken token) {
        return token.getGaps().stream()
                .filter(gap -> gap >= 1)
                .map(gap -> new NumberRange(gap, gap))
                .toList();
    }

    /** The last position seen (inclusive); -1 if there is none. */
    private static long last(@Nullable TrackingToken raw) {
        if (raw == null) {
            return -1;
        }
        if (raw instanceof GapAwareTrackingToken gapAware) {
            return gapAware.getIndex();
        }
        if (raw instanceof GlobalSequenceTrackingToken sequence) {
            return sequence.getGlobalIndex();
        }
        if (raw instanceof WrappedToken) {
            throw new IllegalArgumentException(
                    "Positions are those of a raw token of the event store; unwrap its lower or upper bound first: "
                            + raw);
        }
        throw new IllegalArgumentException(
                ("A replay needs to know which global positions a token has seen, and a %s does not"
                                + " tell. Use an event store whose tokens are gap aware, or sequence numbers.")
                        .formatted(raw.getClass().getName()));
    }
}
