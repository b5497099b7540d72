/** The front door: what applications call, over whatever log. */
@NullMarked
package dev.coherence;

import org.jspecify.annotations.NullMarked;
