/** Whether an action can be laid over events that its author has not seen; pure functions on values. */
@NullMarked
package dev.coherence.conflict;

import org.jspecify.annotations.NullMarked;
