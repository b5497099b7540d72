/** How identities, actions and effects map to Axon's streams and domain events, and back. */
@NullMarked
package dev.coherence.axon.storage;

import org.jspecify.annotations.NullMarked;
