package dev.coherence.axon.token;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;

/**
 * The segments that the processors of this node believe to hold. They handle the events of a {@link Segment}, but store its
 * token by number alone, and the number stays the same when another node splits or merges the segment.
 *
 * <p>A release does not end that belief: the tracking processor releases its claim after an error, waits, and then fetches
 * the token by number, in the same thread, to go on with the segment that it had. Whoever does the same in another thread (a
 * reset, say), or after a look at the segments that there are now (a merge), does not rely on it.
 *
 * <p>Safe to be used by several threads.
 */
final class HeldSegments {

    private static final long NOBODY = -1;

    private final Map<Place, Held> held = new ConcurrentHashMap<>();

    private record Place(String processor, int number) {}

    /**
     * A segment as its processor knows it.
     *
     * @param segment what the processor handles
     * @param token the last token that was fetched or stored; null if nothing has been seen
     * @param before the one before; a store that writes at the end of the unit of work still shows it
     * @param confirmedAt when this node last wrote to the row, in nanoseconds
     * @param releasedBy the thread that released the claim
     */
    record Held(
            Segment segment,
            @Nullable LanesToken token,
            @Nullable LanesToken before,
            long confirmedAt,
            long releasedBy) {

        /** Whether the stored token is one that this node has left there. */
        boolean knows(@Nullable LanesToken stored) {
            return same(token, stored) || same(before, stored);
        }

        private static boolean same(@Nullable LanesToken one, @Nullable LanesToken other) {
            if (one == null || other == null) {
                return one == null && other == null;
            }
            return one.covers(other) && other.covers(one);
        }
    }

    /** The processor has fetched the token of this segment, and goes on from there. */
    void fetched(String processor, Segment segment, @Nullable LanesToken token, long now) {
        held.put(new Place(processor, segment.getSegmentId()), new Held(segment, token, token, now, NOBODY));
    }

    /** The processor has stored this token. */
    void stored(String processor, int number, @Nullable LanesToken token, long now) {
        held.computeIfPresent(
                new Place(processor, number),
                (place, it) -> it.releasedBy == NOBODY ? new Held(it.segment, token, it.token, now, NOBODY) : it);
    }

    /** The processor has extended its claim. */
    void extended(String processor, int number, long now) {
        held.computeIfPresent(
                new Place(processor, number),
                (place, it) -> it.releasedBy == NOBODY ? new Held(it.segment, it.token, it.before, now, NOBODY) : it);
    }

    /** This thread gives the claim away, and may come back for it. */
    void released(String processor, int number) {
        held.computeIfPresent(
                new Place(processor, number),
                (place, it) -> new Held(it.segment, it.token, it.before, it.confirmedAt, thread()));
    }

    /** This thread looks at the segments that there are now, and relies on none that it has released. */
    void lookedAt(String processor) {
        held.entrySet()
                .removeIf(
                        entry -> entry.getKey().processor.equals(processor) && entry.getValue().releasedBy == thread());
    }

    /** This node has split or merged the segment with this number. */
    void resized(String processor, Segment segment) {
        held.computeIfPresent(
                new Place(processor, segment.getSegmentId()),
                (place, it) -> new Held(segment, it.token, it.before, it.confirmedAt, it.releasedBy));
    }

    void forget(String processor, int number) {
        held.remove(new Place(processor, number));
    }

    /** Whether a processor of this node has fetched the token of the segment, and may still go on with it. */
    boolean isKnown(String processor, int number) {
        return held.containsKey(new Place(processor, number));
    }

    /** The segment whose upper half has the number, as a processor of this node knows it; null if it knows none. */
    @Nullable
    Segment parentOf(String processor, int upper) {
        return held.entrySet().stream()
                .filter(entry -> entry.getKey().processor.equals(processor))
                .map(entry -> entry.getValue().segment)
                .filter(segment -> segment.split()[1].getSegmentId() == upper)
                .findAny()
                .orElse(null);
    }

    /** The segment that a processor is at work on; null if none. */
    @Nullable
    Held atWork(String processor, int number) {
        Held it = held.get(new Place(processor, number));
        return it != null && it.releasedBy == NOBODY ? it : null;
    }

    /** The segment that whoever fetches the token by number in this thread goes on with; null if that cannot be one. */
    @Nullable
    Held resumed(String processor, int number) {
        Held it = held.get(new Place(processor, number));
        return it != null && (it.releasedBy == NOBODY || it.releasedBy == thread()) ? it : null;
    }

    private static long thread() {
        return Thread.currentThread().getId();
    }
}
