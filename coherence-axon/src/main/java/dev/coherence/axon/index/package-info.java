/** The port to what only the store knows: positions in the global order, links to triggers, and locks. */
@NullMarked
package dev.coherence.axon.index;

import org.jspecify.annotations.NullMarked;
