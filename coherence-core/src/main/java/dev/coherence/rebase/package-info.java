/** Laying a history of changes on the state that its author had seen: the algorithm, its input and its results. */
@NullMarked
package dev.coherence.rebase;

import org.jspecify.annotations.NullMarked;
