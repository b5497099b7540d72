/** Event processors whose groups take part in replays, in Axon's configuration. */
@NullMarked
package dev.coherence.axon.processor;

import org.jspecify.annotations.NullMarked;
