/** What a scenario has found, as a table and as a file. */
@NullMarked
package dev.coherence.benchmarks.report;

import org.jspecify.annotations.NullMarked;
