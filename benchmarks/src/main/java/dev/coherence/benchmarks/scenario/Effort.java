package dev.coherence.benchmarks.scenario;

/** How long a scenario may take. */
public enum Effort {
    /** Some ten minutes. */
    FULL,
    /** Less than three minutes on two cores. */
    QUICK,
    /** Just enough for every case to happen once; the values say nothing. */
    SMALLEST
}
