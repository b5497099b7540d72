package dev.coherence.benchmarks.measure;

/** One of several sides that are measured against each other. */
public interface Contestant {

    /**
     * Does a small, fixed amount of work and measures it.
     *
     * @return in the unit of the scenario, above 0
     */
    double measureSlice();
}
