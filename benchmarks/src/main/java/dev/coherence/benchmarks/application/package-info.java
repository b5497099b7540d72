/** An Axon application around the aggregate, with coherence and without, on a database of its own. */
@NullMarked
package dev.coherence.benchmarks.application;

import org.jspecify.annotations.NullMarked;
