/** How several sides are measured so that none has an advantage over another. */
@NullMarked
package dev.coherence.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
