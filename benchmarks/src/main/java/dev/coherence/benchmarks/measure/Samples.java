package dev.coherence.benchmarks.measure;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the slices of one contestant gave, round by round.
 *
 * @param values at least one; all finite and above 0
 */
public record Samples(List<Double> values) {

    /** Of a normal distribution, so many standard deviations around the mean hold 95 % of it. */
    private static final double DEVIATIONS_OF_95_PERCENT = 1.96;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if it is empty, or a value is no finite number above 0
     */
    public Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: there must be at least one");
        }
        for (double value : values) {
            if (!(value > 0 && Double.isFinite(value))) {
                throw new IllegalArgumentException("values: each must be finite and above 0, but one is " + value);
            }
        }
    }

    /** These samples, and then others of the same contestant. */
    public Samples and(Samples others) {
        return new Samples(
                Stream.concat(values.stream(), others.values.stream()).toList());
    }

    /**
     * These samples, each divided by that of a baseline in the same round.
     *
     * @throws IllegalArgumentException if the baseline has another number of rounds
     */
    public Samples relativeTo(Samples baseline) {
        if (baseline.values.size() != values.size()) {
            throw new IllegalArgumentException(
                    "baseline: must have %d rounds, but has %d".formatted(values.size(), baseline.values.size()));
        }
        return new Samples(IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / baseline.values.get(round))
                .toList());
    }

    /** The middle one; of an even number of samples, the mean of the two in the middle. */
    public double median() {
        List<Double> sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * The lower end of the range in which, with a probability of 95 %, the median of infinitely many samples lies. (Of n
     * samples, the number below that median is binomial, with mean n/2 and standard deviation √n/2.)
     */
    public double low() {
        return sorted().get(ranksOutside());
    }

    /** The upper end of that range. */
    public double high() {
        return sorted().get(values.size() - 1 - ranksOutside());
    }

    private int ranksOutside() {
        int size = values.size();
        return (int) Math.max(0, Math.floor((size - DEVIATIONS_OF_95_PERCENT * Math.sqrt(size)) / 2));
    }

    private List<Double> sorted() {
        return values.stream().sorted().toList();
    }
}
