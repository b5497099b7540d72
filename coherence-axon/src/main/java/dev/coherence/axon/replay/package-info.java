/** What a projection is told when an aggregate is replayed to it: which one, and why. */
@NullMarked
package dev.coherence.axon.replay;

import org.jspecify.annotations.NullMarked;
