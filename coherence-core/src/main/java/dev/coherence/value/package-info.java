/** Canonical JSON values: what a patch can write, in exactly one form, immutable, bounded, and checked where it enters. */
@NullMarked
package dev.coherence.value;

import org.jspecify.annotations.NullMarked;
