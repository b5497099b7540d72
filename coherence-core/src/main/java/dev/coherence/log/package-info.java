/** The store of events, seen through the one port that the algorithm needs, and the log that holds events in memory. */
@NullMarked
package dev.coherence.log;

import org.jspecify.annotations.NullMarked;
