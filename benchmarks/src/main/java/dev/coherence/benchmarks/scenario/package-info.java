/** What is compared with what. */
@NullMarked
package dev.coherence.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
