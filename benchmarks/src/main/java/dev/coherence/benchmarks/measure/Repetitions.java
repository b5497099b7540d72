package dev.coherence.benchmarks.measure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * How often a contest is repeated; so a slow machine measures less often, not for hours.
 *
 * @param most how often at most, from 1
 * @param limit after which none begins any more; there is always a first one
 */
public record Repetitions(int most, Duration limit) {

    /**
     * Refuses less than one.
     *
     * @throws IllegalArgumentException naming the number
     */
    public Repetitions {
        if (most < 1) {
            throw new IllegalArgumentException("most: must be 1 or more, but is " + most);
        }
    }

    /**
     * Repeats a contest.
     *
     * @param contest is given the number of the repetition, from 1; returns samples, each time of the same sides
     * @return all samples of each side, in the order of the first repetition
     */
    public <K> Map<K, Samples> of(IntFunction<Map<K, Samples>> contest) {
        Map<K, Samples> all = new LinkedHashMap<>();
        long begin = System.nanoTime();
        for (int repetition = 1; repetition <= most; repetition++) {
            if (repetition > 1 && System.nanoTime() - begin > limit.toNanos()) {
                break;
            }
            contest.apply(repetition).forEach((side, samples) -> all.merge(side, samples, Samples::and));
        }
        return all;
    }
}
