/** What coherence writes into the event store: payload classes and metadata keys that stay stable over versions. */
@NullMarked
package dev.coherence.axon.event;

import org.jspecify.annotations.NullMarked;
