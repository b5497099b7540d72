/** Runs the scenario that the command line names. */
@NullMarked
package dev.coherence.benchmarks;

import org.jspecify.annotations.NullMarked;
