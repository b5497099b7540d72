/** What is said about conflicts: to the caller of a command, to command handlers, and by conflict handlers. */
@NullMarked
package dev.coherence.axon.conflict;

import org.jspecify.annotations.NullMarked;
