/** From actions to the state of aggregates at every point in time; pure functions on streams. */
@NullMarked
package dev.coherence.projection;

import org.jspecify.annotations.NullMarked;
