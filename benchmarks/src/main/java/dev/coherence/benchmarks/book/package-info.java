/** The small aggregate that all scenarios send commands to. */
@NullMarked
package dev.coherence.benchmarks.book;

import org.jspecify.annotations.NullMarked;
