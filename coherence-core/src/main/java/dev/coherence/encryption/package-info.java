/** Values that only those can read who have the key, and what stands in their place once the key has ended. */
@NullMarked
package dev.coherence.encryption;

import org.jspecify.annotations.NullMarked;
