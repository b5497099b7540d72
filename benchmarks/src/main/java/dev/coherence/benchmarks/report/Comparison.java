package dev.coherence.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.coherence.benchmarks.measure.Samples;

/**
 * What one case has shown, and what the case showed that it is compared with.
 *
 * @param name what was measured; {@code case} in the file of results
 * @param unit what the values count
 * @param samples of the case
 * @param reference the samples of the baseline from the same rounds; those of the case if it is itself the baseline
 */
@JsonPropertyOrder({"case", "unit", "value", "baseline", "ratio"})
public record Comparison(
        @JsonProperty("case") String name,
        String unit,
        @JsonIgnore Samples samples,
        @JsonIgnore Samples reference) {

    /** The median of the case. */
    @JsonProperty
    public double value() {
        return samples.median();
    }

    /** The median of the baseline. */
    @JsonProperty
    public double baseline() {
        return reference.median();
    }

    /**
     * By how much the case differs from the baseline: the median of the ratios within the rounds. What slows a round down
     * hits both sides of such a ratio; so it is more exact than the ratio of the two medians, which it comes close to.
     */
    @JsonProperty
    public double ratio() {
        return ratios().median();
    }

    /** Value divided by baseline, in each round. */
    Samples ratios() {
        return samples.relativeTo(reference);
    }
}
