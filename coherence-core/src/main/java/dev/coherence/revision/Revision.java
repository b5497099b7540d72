package dev.coherence.revision;

import dev.coherence.action.Event;
import dev.coherence.value.InvalidInputException;
import dev.coherence.value.WellFormed;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has seen. It has a version (the caller has seen the actions of one aggregate up to this one, inclusive),
 * or a position (it has seen all events up to this sequence number, inclusive, but for the unseen ones listed), or both.
 * The version decides about actions, the position about effects; without a version the position decides about both;
 * without a position effects are not checked.
 *
 * <p>Written {@code 41@1203-9..1190.1198}: version 41, position 1203, not seen 9 to 1190 and 1198. {@code 41} and
 * {@code @1203} alone are revisions as well. Clients keep this text and need not understand it.
 *
 * <p>There is one revision for each version and set of numbers seen, so that equal means: has seen the same. Immutable.
 */
public final class Revision {

    static final long NONE = -1;

    private final long version; // NONE, or from 0
    private final long position; // NONE, or from 0: itself seen, unless 0
    private final List<NumberRange> unseen; // as NumberRanges has them, all below the position

    private Revision(long version, long position, List<NumberRange> unseen) {
        this.version = version;
        this.position = position;
        this.unseen = unseen;
    }

    /**
     * Has seen every event up to the given position, inclusive. {@code at(0)} has seen nothing.
     *
     * @throws InvalidInputException with place {@code revision}, if it is negative
     */
    public static Revision at(long position) {
        return new Revision(NONE, notNegative("position", position), List.of());
    }

    /**
     * Has seen every action of one aggregate up to the given version, inclusive, and knows nothing of effects.
     *
     * @throws InvalidInputException with place {@code revision}, if it is negative
     */
    public static Revision ofVersion(long version) {
        return new Revision(notNegative("version", version), NONE, List.of());
    }

    /**
     * Has seen every action of one aggregate up to the given version and every effect up to the given position, both
     * inclusive.
     *
     * @throws InvalidInputException with place {@code revision}, if one is negative
     */
    public static Revision of(long version, long position) {
        return at(position).withVersion(version);
    }

    /**
     * The exact inverse of {@link #toString()}: gives the one revision that is written like this.
     *
     * @throws InvalidInputException with place {@code revision}, if none is
     */
    public static Revision parse(String text) {
        return new RevisionText(text).parse();
    }

    /** The last action seen of the one aggregate that this revision is of, inclusive, from 0. */
    public OptionalLong version() {
        return version == NONE ? OptionalLong.empty() : OptionalLong.of(version);
    }

    /** The highest sequence number seen, inclusive; 0 if none was. */
    public OptionalLong position() {
        return position == NONE ? OptionalLong.empty() : OptionalLong.of(position);
    }

    /** The numbers below the position that were not seen: ascending, no two touching, both ends inclusive; unmodifiable. */
    public List<NumberRange> unseen() {
        return unseen;
    }

    /**
     * This revision with the given version instead of its own, if it has one.
     *
     * @throws InvalidInputException with place {@code revision}, if it is negative
     */
    public Revision withVersion(long newVersion) {
        return new Revision(notNegative("version", newVersion), position, unseen);
    }

    /** This revision without a version; if it has no position either, one that has seen nothing: {@code at(0)}. */
    public Revision withoutVersion() {
        return new Revision(NONE, positionOrStart(), unseen);
    }

    /**
     * Takes numbers away from what this revision has seen. Those that it has not seen anyway, such as all above its
     * position, make no difference. Without a position it has seen no numbers and stays as it is.
     */
    public Revision withUnseen(Collection<NumberRange> ranges) {
        List<NumberRange> added = NumberRanges.upTo(position, WellFormed.present("unseen", ranges));
        return covering(version, position, NumberRanges.union(unseen, added));
    }

    /**
     * Adds numbers to what this revision has seen, and nothing else: numbers that lie between its position and a higher
     * one become unseen. Without a position it has seen no numbers yet, so that the result has seen exactly these.
     *
     * @throws InvalidInputException with place {@code seen}, if a number is missing or less than 1
     */
    public Revision plusSeen(Collection<Long> numbers) {
        long[] seen = WellFormed.present("seen", numbers).stream()
                .mapToLong(Revision::sequenceNumber)
                .sorted()
                .toArray();
        long start = positionOrStart();
        long end = seen.length == 0 ? start : Math.max(start, seen[seen.length - 1]);
        List<NumberRange> skipped = end == start ? List.of() : List.of(new NumberRange(start + 1, end));
        return new Revision(version, end, NumberRanges.minus(NumberRanges.union(unseen, skipped), seen));
    }

    /** Whether the event with this number was seen, going by the position. Without a position, none was. */
    public boolean seesNumber(long number) {
        return 1 <= number && number <= position && !NumberRanges.contain(unseen, number);
    }

    /**
     * Whether the event was seen. An action (if this revision has a version: of the aggregate that it belongs to) goes by
     * the version if there is one, else by the position. An effect goes by the position; without one, effects are not
     * checked, and every effect counts as seen.
     */
    public boolean sees(Event event) {
        return event.fold(
                action -> version == NONE ? seesNumber(action.sequenceNumber()) : action.version() <= version,
                effect -> position == NONE || seesNumber(effect.sequenceNumber()));
    }

    /**
     * A revision that lists at most so many unseen ranges, for a text that fits into a header. It joins the ranges that
     * have the fewest numbers between them, and so claims to have seen less than this one, never more. Without any range
     * it has seen nothing after the first unseen number.
     *
     * @param maxRanges at least 0
     * @throws InvalidInputException with place {@code maxRanges}, if it is negative
     */
    public Revision coarsened(int maxRanges) {
        if (maxRanges < 0) {
            throw new InvalidInputException("maxRanges", "must be 0 or more, but is " + maxRanges);
        }
        if (unseen.size() <= maxRanges) {
            return this;
        }
        if (maxRanges == 0) {
            return new Revision(version, unseen.get(0).first() - 1, List.of());
        }
        return new Revision(version, position, NumberRanges.joined(unseen, maxRanges));
    }

    /**
     * With at most this many unseen ranges: the lowest ones, and a position just below the next. Unlike {@link
     * #coarsened}, what it covers has no more holes than before: nothing seen lies above something that is newly unseen.
     *
     * @param maxRanges 0 or more
     * @throws InvalidInputException with place {@code maxRanges}, if it is negative
     */
    public Revision cutAfter(int maxRanges) {
        if (maxRanges < 0) {
            throw new InvalidInputException("maxRanges", "must be 0 or more, but is " + maxRanges);
        }
        return unseen.size() <= maxRanges
                ? this
                : new Revision(version, unseen.get(maxRanges).first() - 1, unseen.subList(0, maxRanges));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Revision that
                && version == that.version
                && position == that.position
                && unseen.equals(that.unseen);
    }

    @Override
    public int hashCode() {
        return (Long.hashCode(version) * 31 + Long.hashCode(position)) * 31 + unseen.hashCode();
    }

    /** The canonical text, such as {@code 41@1203-9..1190.1198}. */
    @Override
    public String toString() {
        return RevisionText.of(version, position, unseen);
    }

    /** Of ranges that end at the position or before: if the position is itself unseen, it moves down to what was seen. */
    static Revision covering(long version, long position, List<NumberRange> unseen) {
        int last = unseen.size() - 1;
        if (last >= 0 && unseen.get(last).last() == position) {
            return new Revision(version, unseen.get(last).first() - 1, List.copyOf(unseen.subList(0, last)));
        }
        return new Revision(version, position, unseen);
    }

    private long positionOrStart() {
        return position == NONE ? 0 : position;
    }

    private static long sequenceNumber(@Nullable Long number) {
        long present = WellFormed.present("seen", number);
        if (present < 1) {
            throw new InvalidInputException("seen", "a sequence number is 1 or more, but one is " + present);
        }
        return present;
    }

    private static long notNegative(String part, long number) {
        if (number < 0) {
            throw new InvalidInputException("revision", "its " + part + " must be 0 or more, but is " + number);
        }
        return number;
    }
}
