package dev.coherence.revision;

import dev.coherence.value.InvalidInputException;

/**
 * A run of sequence numbers. Immutable.
 *
 * @param first the first number of the run, inclusive, from 1
 * @param last the last number of the run, inclusive
 */
public record NumberRange(long first, long last) {

    /** @throws InvalidInputException with place {@code range}, unless {@code 1 <= first <= last} */
    public NumberRange {
        if (first < 1 || first > last) {
            throw new InvalidInputException(
                    "range", "must begin at 1 or more and must not end before that, but is " + first + ".." + last);
        }
    }

    /** Whether the number lies in this range, both ends included. */
    public boolean contains(long number) {
        return first <= number && number <= last;
    }

    /** A single number as {@code 9}, a longer run as {@code 9..1190}. */
    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + ".." + last;
    }
}
