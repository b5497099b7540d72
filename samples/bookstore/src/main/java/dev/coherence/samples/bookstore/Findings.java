package dev.coherence.samples.bookstore;

import dev.coherence.value.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects everything that is wrong with a request, so that one answer names it all. */
final class Findings {

    private static final int MOST = 100;

    private final List<Finding> noted = new ArrayList<>();
    private int count;

    void note(String place, String problem) {
        count++;
        if (noted.size() < MOST) {
            noted.add(new Finding(place, problem));
        }
    }

    /** How many things were noted up to now. */
    int count() {
        return count;
    }

    /** Runs a step; what it finds wrong is noted at the place that it names. */
    <T> Optional<T> attempt(Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (InvalidInputException e) {
            note(e.place(), e.problem());
            return Optional.empty();
        }
    }

    /** Runs a step that knows nothing but what is at {@code place}; what it finds wrong is noted below that. */
    <T> Optional<T> attemptBelow(String place, Supplier<T> step) {
        return attempt(() -> place.isEmpty() ? step.get() : InvalidInputException.inside(place, step));
    }

    /** Reads the whole text at {@code place}; whatever is wrong with it is noted at exactly that place. */
    <T> Optional<T> attemptText(String place, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidInputException e) {
            note(place, e.problem());
            return Optional.empty();
        }
    }

    /** Refuses the request if anything was noted. */
    void refuseIfAny() {
        if (count > 0) {
            throw new InvalidRequestException(noted, count);
        }
    }
}
