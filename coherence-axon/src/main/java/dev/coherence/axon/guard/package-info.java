/** The check of commands against what their senders have not seen: early, for handlers that ask, and right before the append. */
@NullMarked
package dev.coherence.axon.guard;

import org.jspecify.annotations.NullMarked;
