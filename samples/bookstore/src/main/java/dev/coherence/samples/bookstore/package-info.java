/** The bookstore: the whole of coherence over HTTP, on H2 or PostgreSQL. */
@NullMarked
package dev.coherence.samples.bookstore;

import org.jspecify.annotations.NullMarked;
