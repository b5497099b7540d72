package dev.coherence.benchmarks.measure;

import java.lang.management.ManagementFactory;

/** The memory of this process. */
public final class Heap {

    private Heap() {}

    /** Collects garbage, and returns how many megabytes are in use then. */
    public static double megabytesInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
