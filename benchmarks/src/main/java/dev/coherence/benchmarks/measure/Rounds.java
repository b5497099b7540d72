package dev.coherence.benchmarks.measure;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of a contest. Measuring one side after another would give an advantage to those that come when the machine is
 * warm, or idle. So:
 *
 * <ol>
 *   <li>All contestants are warmed up in rounds, and what they give is dropped.
 *   <li>Then each has one slice in every round. Slices are short and rounds are many, so that what disturbs the machine
 *       hits all contestants of a round, or a few slices only, which the median does not care about.
 *   <li>The order is turned around in every other round, and rotated after it, so that nobody always comes first, or
 *       always after the same other one.
 * </ol>
 *
 * @param warmUp how many rounds are dropped, from 0
 * @param measured how many rounds count, from 1
 */
public record Rounds(int warmUp, int measured) {

    /**
     * Refuses numbers that make no contest.
     *
     * @throws IllegalArgumentException naming the number
     */
    public Rounds {
        if (warmUp < 0) {
            throw new IllegalArgumentException("warmUp: must be 0 or more, but is " + warmUp);
        }
        if (measured < 1) {
            throw new IllegalArgumentException("measured: must be 1 or more, but is " + measured);
        }
    }

    /** The number of slices that each contestant has to be prepared for. */
    public int slices() {
        return warmUp + measured;
    }

    /**
     * Lets the contestants compete.
     *
     * @param contestants no two equal
     * @return the samples of each, in the order of the contestants
     */
    public <C extends Contestant> Map<C, Samples> of(List<C> contestants) {
        Map<C, List<Double>> values = new HashMap<>();
        for (int round = 0; round < slices(); round++) {
            for (C contestant : order(contestants, round)) {
                double value = contestant.measureSlice();
                if (round >= warmUp) {
                    values.computeIfAbsent(contestant, first -> new ArrayList<>())
                            .add(value);
                }
            }
        }
        Map<C, Samples> samples = new LinkedHashMap<>();
        for (C contestant : contestants) {
            samples.put(contestant, new Samples(requireNonNull(values.get(contestant))));
        }
        return samples;
    }

    /** The order in which they come in this round. */
    static <T> List<T> order(List<T> contestants, int round) {
        List<T> order = new ArrayList<>(contestants);
        Collections.rotate(order, -(round / 2));
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }
}
