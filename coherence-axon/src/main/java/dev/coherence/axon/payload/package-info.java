/** What the classes of events say by their annotations: which paths an event changes, what it links to, what it fires. */
@NullMarked
package dev.coherence.axon.payload;

import org.jspecify.annotations.NullMarked;
