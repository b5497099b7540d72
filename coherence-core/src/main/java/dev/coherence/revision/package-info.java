/** What a caller has seen, as one short text that it can keep and give back. */
@NullMarked
package dev.coherence.revision;

import org.jspecify.annotations.NullMarked;
