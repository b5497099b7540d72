/** The state of one aggregate, as its patches have made it. */
@NullMarked
package dev.coherence.document;

import org.jspecify.annotations.NullMarked;
