/** How the handlers of a processor get live events and whole aggregates anew, with the revision that they have seen. */
@NullMarked
package dev.coherence.axon.projection;

import org.jspecify.annotations.NullMarked;
