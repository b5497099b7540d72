/** Encrypts components of events where the event serializer writes them. */
@NullMarked
package dev.coherence.axon.encryption;

import org.jspecify.annotations.NullMarked;
