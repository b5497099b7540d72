/** Encryption keys that end: where they are kept, how they are wrapped, and until when they may be used. */
@NullMarked
package dev.coherence.key;

import org.jspecify.annotations.NullMarked;
