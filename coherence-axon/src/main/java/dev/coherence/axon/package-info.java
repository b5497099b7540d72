/** The event log on an Axon event store: where actions and effects are appended and read. */
@NullMarked
package dev.coherence.axon;

import org.jspecify.annotations.NullMarked;
