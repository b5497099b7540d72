/** The keys of a vault beside Axon: a cache of them, and what follows when they end. */
@NullMarked
package dev.coherence.axon.vault;

import org.jspecify.annotations.NullMarked;
