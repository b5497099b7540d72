/** What applications write on their commands, events and aggregates. */
@NullMarked
package dev.coherence.axon.annotation;

import org.jspecify.annotations.NullMarked;
