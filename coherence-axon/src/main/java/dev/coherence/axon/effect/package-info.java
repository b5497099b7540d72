/** Where application code fires effects, now or later, and asks for replays. */
@NullMarked
package dev.coherence.axon.effect;

import org.jspecify.annotations.NullMarked;
